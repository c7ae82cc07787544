import { doubleFunction, ofMath } from "../double-function.ts";

/** The hyperbolic sine. */
export const sinh = doubleFunction({
  name: "sinh",
  summary: "The hyperbolic sine.",
  emit: ofMath("sinh"),
});
