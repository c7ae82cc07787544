import { doubleFunction, ofKernel } from "../double-function.ts";

/** The hyperbolic cosine. */
export const cosh = doubleFunction({
  name: "cosh",
  summary: "The hyperbolic cosine.",
  emit: ofKernel("hyperbolicCosine"),
});
