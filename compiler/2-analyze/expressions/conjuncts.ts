import { call } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { booleanType } from "../../ir/types/data-type.ts";

/** The parts of `a and b and …`, in order. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.kind === "Call" && expr.name === "and" ? expr.args.flatMap(conjuncts) : [expr];
}

/** All parts at once; one or more. */
export function conjunction(parts: readonly Expr[]): Expr {
  return parts.reduce((left, right) => call("and", [left, right], booleanType, left.nullable || right.nullable, "immutable", left.origin));
}
