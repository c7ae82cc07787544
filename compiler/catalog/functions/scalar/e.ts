import { numberCode } from "../../../code/index.ts";
import { doubleFunction } from "../double-function.ts";

/** Euler's number. */
export const e = doubleFunction({
  name: "e",
  summary: "Euler's number.",
  arity: 0,
  emit: () => numberCode(Math.E),
});
