import { doubleFunction, ofKernel } from "../double-function.ts";

/** The square root of the sum of the two squares, without overflow on the way. */
export const hypot = doubleFunction({
  name: "hypot",
  summary: "The square root of the sum of the two squares, without overflow on the way.",
  arity: 2,
  emit: ofKernel("hypotenuse"),
});
