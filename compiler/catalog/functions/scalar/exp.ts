import { doubleFunction, ofKernel } from "../double-function.ts";

/** e to the power of the number (java.lang.StrictMath.exp). */
export const exp = doubleFunction({
  name: "exp",
  summary: "e to the power of the number (java.lang.StrictMath.exp).",
  emit: ofKernel("exponential"),
});
