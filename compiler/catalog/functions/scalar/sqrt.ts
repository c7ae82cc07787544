import { doubleFunction, ofMath } from "../double-function.ts";

/** The square root; NaN of negative numbers. */
export const sqrt = doubleFunction({
  name: "sqrt",
  summary: "The square root; NaN of negative numbers.",
  emit: ofMath("sqrt"),
});
