import { numberCode } from "../../../code/index.ts";
import { doubleFunction } from "../double-function.ts";

/** The number π. */
export const pi = doubleFunction({
  name: "pi",
  summary: "The number π.",
  arity: 0,
  emit: () => numberCode(Math.PI),
});
