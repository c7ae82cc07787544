import { findScalar } from "../../catalog/functions/registry.ts";
import type { Call, Expr } from "../../ir/expr/index.ts";
import { call, conjunction, conjunctsOf, sameExpr } from "../../ir/expr/index.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { onExpressions } from "../expression-rule.ts";
import { disjunction, disjunctsOf } from "../disjuncts.ts";

/**
 * Says a condition shorter: `not (a < b)` → `a >= b`, `not (p or q)` → `not p and not q`, `p and p` → `p`, `p = true` → `p`,
 * `(p and q) or (p and r)` → `p and (q or r)`.
 *
 * Sound in three-valued logic, and for NaN, which is above all numbers and equals itself. Operands are asked in the same order
 * and stop at the same place, so none is asked for a row that it is not asked for now; one that is asked twice must not be
 * volatile to be asked once. Conditions keep no state, and treat a row and its retraction alike.
 */
export const simplifyConditions = onExpressions("simplify-conditions", (expr) => {
  if (expr.kind !== "Call") return undefined;
  switch (expr.name) {
    case "not":
      return negated(expr.args[0]);
    case "=":
      return withoutTruth(expr, true);
    case "!=":
      return withoutTruth(expr, false);
    case "is true":
    case "is not false":
      return expr.args[0]?.nullable === false ? expr.args[0] : undefined;
    case "is false":
    case "is not true":
      return expr.args[0]?.nullable === false ? not(expr.args[0]) : undefined;
    case "and": {
      const all = conjunctsOf(expr);
      const different = withoutRepeated(all);
      return different.length === all.length ? undefined : conjunction(different);
    }
    case "or": {
      const all = disjunctsOf(expr);
      const different = withoutRepeated(all);
      return withoutCommon(different) ?? (different.length === all.length ? undefined : disjunction(different));
    }
    default:
      return undefined;
  }
});

const opposites: Readonly<Record<string, string>> = {
  "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
  "is null": "is not null", "is not null": "is null", "is distinct from": "is not distinct from", "is not distinct from": "is distinct from",
  "is true": "is not true", "is not true": "is true", "is false": "is not false", "is not false": "is false",
};

function negated(expr: Expr | undefined): Expr | undefined {
  if (expr?.kind !== "Call") return undefined;
  if (expr.name === "not") return expr.args[0];
  if (expr.name === "or") return conjunction(disjunctsOf(expr).map((operand) => negated(operand) ?? not(operand)));
  const opposite = opposites[expr.name];
  return opposite === undefined || findScalar(opposite) === undefined ? undefined : call(opposite, expr.args, expr.type, expr.nullable, "immutable", expr.origin);
}

function not(expr: Expr): Expr {
  return call("not", [expr], booleanType, expr.nullable, "immutable", expr.origin);
}

/** `p = true`, `p != false` → `p`; `p = false`, `p != true` → `not p`. */
function withoutTruth({ args }: Call, plain: boolean): Expr | undefined {
  const [left, right] = args;
  if (left === undefined || right === undefined || left.type.kind !== "boolean" || right.type.kind !== "boolean") return undefined;
  const [literal, other] = left.kind === "Literal" ? [left, right] : [right, left];
  if (literal.kind !== "Literal" || typeof literal.value !== "boolean") return undefined;
  return literal.value === plain ? other : (negated(other) ?? not(other));
}

function withoutRepeated(operands: readonly Expr[]): readonly Expr[] {
  return operands.filter((operand, at) => operand.volatility === "volatile" || !operands.slice(0, at).some((earlier) => sameExpr(earlier, operand)));
}

/** What all operands of an `or` begin with, once: the rest of each is asked where that is not false, as before. */
function withoutCommon(disjuncts: readonly Expr[]): Expr | undefined {
  const lists = disjuncts.map(conjunctsOf);
  const [first, ...others] = lists;
  if (first === undefined || others.length === 0) return undefined;
  const end = first.findIndex((part, at) => part.volatility === "volatile" || !others.every((list) => list[at] !== undefined && sameExpr(list[at], part)));
  const length = end === -1 ? first.length : end;
  if (length === 0) return undefined;
  const rests = lists.map((list) => conjunction(list.slice(length)));
  const common = first.slice(0, length);
  // One that asks for nothing more decides alone.
  if (rests.includes(undefined)) return conjunction(common);
  return conjunction([...common, disjunction(rests.flatMap((rest) => rest ?? []))]);
}
