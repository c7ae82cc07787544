import { doubleFunction, ofKernel } from "../double-function.ts";

/** The nearest whole number, as a double; of two equally near the even one. */
export const rint = doubleFunction({
  name: "rint",
  summary: "The nearest whole number, as a double; of two equally near the even one.",
  emit: ofKernel("roundToEven"),
});
