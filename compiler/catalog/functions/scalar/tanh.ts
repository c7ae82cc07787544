import { doubleFunction, ofKernel } from "../double-function.ts";

/** The hyperbolic tangent. */
export const tanh = doubleFunction({
  name: "tanh",
  summary: "The hyperbolic tangent.",
  emit: ofKernel("hyperbolicTangent"),
});
