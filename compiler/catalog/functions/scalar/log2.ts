import { doubleFunction, ofKernel } from "../double-function.ts";

/** The logarithm to base 2; null of 0 and of negative numbers. */
export const log2 = doubleFunction({
  name: "log2",
  summary: "The logarithm to base 2; null of 0 and of negative numbers.",
  isPartial: true,
  emit: ofKernel("binaryLog"),
});
