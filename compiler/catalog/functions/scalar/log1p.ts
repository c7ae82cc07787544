import { doubleFunction, ofKernel } from "../double-function.ts";

/** The natural logarithm of the number plus 1, exact for small numbers; null of −1 and less. */
export const log1p = doubleFunction({
  name: "log1p",
  summary: "The natural logarithm of the number plus 1, exact for small numbers; null of −1 and less.",
  isPartial: true,
  emit: ofKernel("logOfOnePlus"),
});
