import { booleanType } from "../types/data-type.ts";
import { call } from "./build.ts";
import type { Expr } from "./expr.ts";

/** The operands of a tree of `and`, in the order written; an expression that is no `and` is its own only conjunct. */
export function conjunctsOf(expr: Expr): readonly Expr[] {
  return expr.kind === "Call" && expr.name === "and" ? expr.args.flatMap(conjunctsOf) : [expr];
}

/** `a and b and …`, leaning left; undefined for none. The inverse of `conjunctsOf`. */
export function conjunction(conjuncts: readonly Expr[]): Expr | undefined {
  const [first, ...rest] = conjuncts;
  if (first === undefined) return undefined;
  return rest.reduce((all, next) => call("and", [all, next], booleanType, all.nullable || next.nullable, "immutable"), first);
}
