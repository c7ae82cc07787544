import type { Expr } from "../../ir/expr/expr.ts";
import { childrenOf } from "../../ir/expr/walk.ts";
import { canCast } from "../types/can-cast.ts";
import { findScalar } from "../functions/registry.ts";

/** Whether evaluating an expression may fail the row: overflow, a cast, a bad index, anything in an imported function. */
export function canFail(expr: Expr): boolean {
  if (childrenOf(expr).some(canFail)) return true;
  switch (expr.kind) {
    case "UserCall":
      return true;
    case "Cast":
      return !expr.safe && expr.input.type.kind !== "null" && canCast(expr.input.type, expr.type) !== "total";
    case "Call":
      return findScalar(expr.name)?.canFail(expr.args.map((arg) => arg.type), expr.type, expr.args.map((arg) => (arg.kind === "Literal" ? { value: arg.value } : undefined))) ?? true;
    default:
      return false;
  }
}
