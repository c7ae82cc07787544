import type { Expr } from "../../ir/expr/index.ts";

/** Whether an expression has the same value for a row in every batch of a run: neither a clock nor chance is asked. */
export function isSettled({ volatility }: Expr): boolean {
  return volatility === "immutable" || volatility === "start";
}
