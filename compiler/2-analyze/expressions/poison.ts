import { literal } from "../../ir/expr/build.ts";
import type { Expr, Origin } from "../../ir/expr/expr.ts";
import { errorType } from "../../ir/types/data-type.ts";

/** Stands for an expression whose error is already reported. */
export function poison(origin: Origin): Expr {
  return literal(null, errorType, origin);
}

/** Whether an expression's error is already reported. */
export function isPoisoned(expr: Expr): boolean {
  return expr.type.kind === "error";
}
