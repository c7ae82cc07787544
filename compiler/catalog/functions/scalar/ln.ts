import { doubleFunction, ofKernel } from "../double-function.ts";

/** The natural logarithm; null of 0 and of negative numbers. */
export const ln = doubleFunction({
  name: "ln",
  summary: "The natural logarithm; null of 0 and of negative numbers.",
  isPartial: true,
  emit: ofKernel("naturalLog"),
});
