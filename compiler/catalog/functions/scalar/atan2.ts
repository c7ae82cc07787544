import { doubleFunction, ofKernel } from "../double-function.ts";

/** The angle, in radians, of the point (x, y), given as `atan2(y, x)`. */
export const atan2 = doubleFunction({
  name: "atan2",
  summary: "The angle, in radians, of the point (x, y), given as `atan2(y, x)`.",
  arity: 2,
  emit: ofKernel("arcTangent2"),
});
