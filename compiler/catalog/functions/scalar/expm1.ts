import { doubleFunction, ofMath } from "../double-function.ts";

/** e to the power of the number, less 1; exact for small numbers. */
export const expm1 = doubleFunction({
  name: "expm1",
  summary: "e to the power of the number, less 1; exact for small numbers.",
  emit: ofMath("expm1"),
});
