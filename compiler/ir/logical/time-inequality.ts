import { conjunctsOf } from "../expr/conjuncts.ts";
import type { Expr } from "../expr/expr.ts";
import { sameExpr } from "../expr/walk.ts";

/** An instant or a duration of a row, added or taken away. */
export interface TimeTerm {
  readonly expr: Expr;
  readonly sign: 1 | -1;
}

/** The sum of its terms and of `constant` microseconds is below 0, or at most 0 where it is not `strict`. */
export interface TimeInequality {
  readonly terms: readonly TimeTerm[];
  readonly constant: number;
  readonly strict: boolean;
}

interface TimeSum {
  readonly terms: readonly TimeTerm[];
  readonly constant: number;
}

const flipped: Readonly<Record<string, string>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/**
 * The comparisons of instants, or of durations, that all rows which pass a condition pass, each with everything on one side. A sum
 * is taken apart as far as it adds and takes away instants and durations of a fixed length; months and every
 * other expression are terms (Spark: StreamingJoinHelper.getStateWatermarkFromLessThenPredicate).
 */
export function timeInequalities(condition: Expr | undefined): readonly TimeInequality[] {
  return condition === undefined ? [] : conjunctsOf(condition).flatMap((part) => inequality(part, false));
}

function inequality(part: Expr, negated: boolean): readonly TimeInequality[] {
  if (part.kind !== "Call") return [];
  const [left, right] = part.args;
  if (part.name === "not") return left === undefined ? [] : inequality(left, !negated);
  if (left === undefined || right === undefined || flipped[part.name] === undefined || !isTime(left) || !isTime(right)) return [];
  const operator = negated ? flipped[part.name] : part.name;
  const isLess = operator === "<" || operator === "<=";
  const { terms, constant } = isLess ? difference(left, right) : difference(right, left);
  return [{ terms, constant, strict: operator === "<" || operator === ">" }];
}

function difference(left: Expr, right: Expr): TimeSum {
  const a = timeSum(left, 1);
  const b = timeSum(right, -1);
  const terms: TimeTerm[] = [];
  for (const term of [...a.terms, ...b.terms]) {
    const cancelled = terms.findIndex(({ expr, sign }) => sign !== term.sign && sameExpr(expr, term.expr));
    if (cancelled < 0) terms.push(term);
    else terms.splice(cancelled, 1);
  }
  return { terms, constant: a.constant + b.constant };
}

function timeSum(expr: Expr, sign: 1 | -1): TimeSum {
  if (expr.kind === "Literal" && typeof expr.value === "number") return { terms: [], constant: sign * expr.value };
  if (expr.kind === "Call" && expr.args.every(isTime)) {
    const [left, right] = expr.args;
    if (expr.name === "negate" && left !== undefined) return timeSum(left, minus(sign));
    if ((expr.name === "+" || expr.name === "-") && left !== undefined && right !== undefined) {
      const a = timeSum(left, sign);
      const b = timeSum(right, expr.name === "+" ? sign : minus(sign));
      return { terms: [...a.terms, ...b.terms], constant: a.constant + b.constant };
    }
  }
  return { terms: [{ expr, sign }], constant: 0 };
}

function minus(sign: 1 | -1): 1 | -1 {
  return sign === 1 ? -1 : 1;
}

function isTime({ type }: Expr): boolean {
  return type.kind === "timestamp" || type.kind === "duration";
}
