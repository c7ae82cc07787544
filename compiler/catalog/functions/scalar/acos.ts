import { doubleFunction, ofMath } from "../double-function.ts";

/** The angle, in radians, whose cosine is the number; NaN outside −1 to 1. */
export const acos = doubleFunction({
  name: "acos",
  summary: "The angle, in radians, whose cosine is the number; NaN outside −1 to 1.",
  emit: ofMath("acos"),
});
