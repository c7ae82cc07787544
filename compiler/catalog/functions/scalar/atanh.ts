import { doubleFunction, ofKernel } from "../double-function.ts";

/** The number whose hyperbolic tangent is the argument; NaN outside −1 to 1. */
export const atanh = doubleFunction({
  name: "atanh",
  summary: "The number whose hyperbolic tangent is the argument; NaN outside −1 to 1.",
  emit: ofKernel("inverseTanh"),
});
