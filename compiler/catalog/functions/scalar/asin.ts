import { doubleFunction, ofMath } from "../double-function.ts";

/** The angle, in radians, whose sine is the number; NaN outside −1 to 1. */
export const asin = doubleFunction({
  name: "asin",
  summary: "The angle, in radians, whose sine is the number; NaN outside −1 to 1.",
  emit: ofMath("asin"),
});
