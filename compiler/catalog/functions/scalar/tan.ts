import { doubleFunction, ofKernel } from "../double-function.ts";

/** The tangent of an angle in radians. */
export const tan = doubleFunction({
  name: "tan",
  summary: "The tangent of an angle in radians.",
  emit: ofKernel("tangent"),
});
