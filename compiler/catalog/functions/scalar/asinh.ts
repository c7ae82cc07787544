import { doubleFunction, ofMath } from "../double-function.ts";

/** The number whose hyperbolic sine is the argument. */
export const asinh = doubleFunction({
  name: "asinh",
  summary: "The number whose hyperbolic sine is the argument.",
  emit: ofMath("asinh"),
});
