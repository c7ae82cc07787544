import { doubleFunction, ofKernel } from "../double-function.ts";

/** The first number to the power of the second (java.lang.StrictMath.pow). */
export const pow = doubleFunction({
  name: "pow",
  aliases: ["power"],
  summary: "The first number to the power of the second (java.lang.StrictMath.pow).",
  arity: 2,
  emit: ofKernel("powerOf"),
});
