import type { Case, Expr } from "../../ir/expr/index.ts";
import { conjunction, conjunctsOf, literals } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { keepingBounds } from "../analyses/stream-join-bounds.ts";
import { disjunction, disjunctsOf } from "../disjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Takes null for false where a condition only keeps rows: `Filter(coalesce(p, false), x)` → `Filter(p, x)`, `p is true` → `p`,
 * `if(p, q, false)` and `case when p then q end` → `p and q`; in a filter and in the condition of a join.
 *
 * Sound because a row for which a condition is null goes as one for which it is false does, also under `and` and `or`. The parts are
 * asked in the same order, q only where p is true; so what may fail or is volatile is asked for the same rows. What is
 * left falls into conjuncts, which the other rules move one by one.
 */
export const relaxFilterConditions = bottomUp<LogicalPlan>("relax-filter-conditions", (node) => {
  if (node.kind === "Filter") {
    const predicate = relaxed(node.predicate);
    return predicate === node.predicate ? undefined : new Filter(node.input, predicate, node.origin);
  }
  if (node.kind !== "Join" || node.residual === undefined) return undefined;
  const residual = relaxed(node.residual);
  return residual === node.residual ? undefined : keepingBounds(node, node.with({ residual }));
});

/** A condition that is true for the same rows; the very same one where there is nothing to relax. */
function relaxed(expr: Expr): Expr {
  if (isNoTruth(expr)) return expr.kind === "Literal" && expr.value === false ? expr : literals.boolean(false, expr.origin);
  if (expr.kind === "Case") return relaxedCase(expr.clauses, expr.otherwise) ?? expr;
  if (expr.kind !== "Call") return expr;
  const [first, second, third] = expr.args;
  switch (expr.name) {
    case "and":
      return rebuilt(expr, conjunctsOf(expr), (parts) => conjunction(parts) ?? expr);
    case "or":
      return rebuilt(expr, disjunctsOf(expr), disjunction);
    case "is true":
      return first === undefined ? expr : relaxed(first);
    case "coalesce":
      return first !== undefined && second !== undefined && expr.args.length === 2 && isNoTruth(second) ? relaxed(first) : expr;
    case "if":
      return first === undefined || second === undefined ? expr : (relaxedCase([{ when: first, then: second }], third) ?? expr);
    default:
      return expr;
  }
}

function rebuilt(expr: Expr, parts: readonly Expr[], build: (parts: readonly Expr[]) => Expr): Expr {
  const next = parts.map(relaxed);
  return next.every((part, at) => part === parts[at]) ? expr : build(next);
}

/** `case when p then q end` → `p and q`, and `p` where q is true. */
function relaxedCase(clauses: Case["clauses"], otherwise: Expr | undefined): Expr | undefined {
  const [only] = clauses;
  if (only === undefined || clauses.length > 1 || (otherwise !== undefined && !isNoTruth(otherwise))) return undefined;
  const when = relaxed(only.when);
  return only.then.kind === "Literal" && only.then.value === true ? when : conjunction([when, relaxed(only.then)]);
}

function isNoTruth(expr: Expr): boolean {
  return expr.kind === "Literal" && (expr.value === null || expr.value === false);
}
