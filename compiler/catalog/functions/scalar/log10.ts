import { doubleFunction, ofKernel } from "../double-function.ts";

/** The logarithm to base 10; null of 0 and of negative numbers. */
export const log10 = doubleFunction({
  name: "log10",
  summary: "The logarithm to base 10; null of 0 and of negative numbers.",
  isPartial: true,
  emit: ofKernel("decimalLog"),
});
