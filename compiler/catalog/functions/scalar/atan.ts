import { doubleFunction, ofMath } from "../double-function.ts";

/** The angle, in radians, whose tangent is the number. */
export const atan = doubleFunction({
  name: "atan",
  summary: "The angle, in radians, whose tangent is the number.",
  emit: ofMath("atan"),
});
