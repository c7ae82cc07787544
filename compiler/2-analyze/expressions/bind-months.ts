import type { DurationLiteral, Expression } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "./bind-expr.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned } from "./poison.ts";

/** A sum or difference with a duration literal in months or years, whose length depends on where it starts. */
export interface MonthsStep {
  /** What the months are added to. */
  readonly start: Expression;
  /** With its sign. */
  readonly months: number;
  /** The fixed rest of the literal, in microseconds, with its sign. */
  readonly microseconds: number;
}

/** `d + 2 months`, `1 year + d`, `d - 1 month`: undefined for everything else. */
export function monthsStep(operator: string, left: Expression, right: Expression): MonthsStep | undefined {
  if (operator !== "+" && operator !== "-") return undefined;
  const months = monthsOf(right);
  if (months !== undefined) return step(left, months, operator === "-" ? -1 : 1);
  const first = operator === "+" ? monthsOf(left) : undefined;
  return first === undefined ? undefined : step(right, first, 1);
}

/** Months first, then the rest, as Spark adds an interval of both. `apply` applies an operator of the catalogue. */
export function bindMonths({ start, months, microseconds }: MonthsStep, origin: Span, context: ExprContext, apply: (name: string, args: readonly Expr[]) => Expr): Expr {
  const moved = apply("+ months", [bindExpr(start, context), literals.int(months, origin)]);
  return microseconds === 0 || isPoisoned(moved) ? moved : apply("+", [moved, literals.duration(microseconds, origin)]);
}

function step(start: Expression, { literal, sign }: SignedMonths, operatorSign: number): MonthsStep {
  const factor = sign * operatorSign;
  return { start, months: factor * literal.months + 0, microseconds: factor * literal.microseconds + 0 };
}

interface SignedMonths {
  readonly literal: DurationLiteral;
  readonly sign: number;
}

function monthsOf(node: Expression): SignedMonths | undefined {
  if (node.kind === "DurationLiteral") return node.months === 0 ? undefined : { literal: node, sign: 1 };
  if (node.kind !== "UnaryExpression" || node.operator !== "-") return undefined;
  const inner = monthsOf(node.operand);
  return inner === undefined ? undefined : { ...inner, sign: -inner.sign };
}
