import { doubleFunction, ofMath } from "../double-function.ts";

/** The number whose hyperbolic cosine is the argument; NaN below 1. */
export const acosh = doubleFunction({
  name: "acosh",
  summary: "The number whose hyperbolic cosine is the argument; NaN below 1.",
  emit: ofMath("acosh"),
});
