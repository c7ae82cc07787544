import type { Expr } from "../../ir/expr/index.ts";

/** Whether an expression may be evaluated twice for nothing: a column, a literal, a param, or a field of one of these. */
export function isCheap(expr: Expr): boolean {
  switch (expr.kind) {
    case "ColumnRef":
    case "Literal":
    case "ParamRef":
      return true;
    case "FieldAccess":
      return isCheap(expr.input);
    default:
      return false;
  }
}
