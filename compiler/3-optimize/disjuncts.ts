import { internalError } from "../diagnostics/internal-error.ts";
import type { Expr } from "../ir/expr/index.ts";
import { call } from "../ir/expr/index.ts";
import { booleanType } from "../ir/types/data-type.ts";

/** The operands of a tree of `or`, in the order written; an expression that is no `or` is its own only disjunct. */
export function disjunctsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "Call" && expr.name === "or" ? expr.args.flatMap(disjunctsOf) : [expr];
}

/** `a or b or …`, leaning left; one or more. The inverse of `disjunctsOf`. */
export function disjunction(disjuncts: readonly Expr[]): Expr {
  const [first, ...rest] = disjuncts;
  if (first === undefined) return internalError("E9001", "a disjunction of nothing");
  return rest.reduce((all, next) => call("or", [all, next], booleanType, all.nullable || next.nullable, "immutable"), first);
}
