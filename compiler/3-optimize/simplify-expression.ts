import { evaluateConstant } from "../catalog/expressions/evaluate.ts";
import { findScalar } from "../catalog/functions/registry.ts";
import type { Call, Case, Expr } from "../ir/expr/index.ts";
import { call, caseWhen, literal, literals, transformExpr } from "../ir/expr/index.ts";
import type { TypeKind } from "../ir/types/data-type.ts";
import { sameType } from "../ir/types/data-type.ts";

/**
 * Simplifies an expression by what its constants say, operands first; the very same expression where they say nothing.
 * Sound for nulls in three-valued logic. A value that is no longer asked for is no longer computed, and so cannot fail; no
 * value is computed that was not. A constant whose evaluation fails stays as it is and fails at run time, for the rows for
 * which it is reached. `timezone` is the job's.
 */
export function simplifyExpression(expr: Expr, timezone: string = "UTC"): Expr {
  return transformExpr(expr, (node) => simplifyNode(node, timezone));
}

function simplifyNode(expr: Expr, timezone: string): Expr {
  switch (expr.kind) {
    case "Literal":
    case "ColumnRef":
    case "ParamRef":
      return expr;
    case "Call":
      return simplifyCall(expr) ?? evaluate(expr, timezone);
    case "Case":
      return simplifyCase(expr) ?? evaluate(expr, timezone);
    default:
      return evaluate(expr, timezone);
  }
}

/**
 * `true and x` → `x`, `false and x` → `false`, `x or false` → `x`, `x or true` → `true`; `x is null` where x never is; `coalesce(null, x, y)`
 * → `coalesce(x)` where x never is null; `f(x, null)` → `null` where any null makes f null.
 */
function simplifyCall(expr: Call): Expr | undefined {
  const [operand] = expr.args;
  switch (expr.name) {
    case "and":
      return withoutNeutral(expr, true);
    case "or":
      return withoutNeutral(expr, false);
    case "is null":
    case "is not null":
    case "isnull":
    case "isnotnull":
      return operand === undefined || operand.nullable ? undefined : literals.boolean(expr.name.includes("not"), expr.origin);
    case "nvl2":
      return operand === undefined || operand.nullable ? undefined : call("coalesce", expr.args.slice(1, 2), expr.type, expr.args[1]?.nullable ?? true, expr.volatility, expr.origin);
    case "typeof":
      return operand === undefined || operand.kind === "Literal" ? undefined : { ...expr, args: [literal(null, operand.type, operand.origin)] };
    case "coalesce":
      return withoutUnreached(expr);
    case "nullif":
      return operand !== undefined && isLiteral(operand, null) ? literals.null(expr.type, expr.origin) : undefined;
    default:
      return expr.args.some((arg) => isLiteral(arg, null)) && findScalar(expr.name)?.nulls === "propagate" ? literals.null(expr.type, expr.origin) : undefined;
  }
}

function withoutNeutral(expr: Call, neutral: boolean): Expr | undefined {
  if (expr.args.some((arg) => isLiteral(arg, !neutral))) return literals.boolean(!neutral, expr.origin);
  const rest = expr.args.filter((arg) => !isLiteral(arg, neutral));
  if (rest.length === expr.args.length) return undefined;
  const [first] = rest;
  if (first === undefined) return literals.boolean(neutral, expr.origin);
  return rest.length === 1 ? first : call(expr.name, rest, expr.type, rest.some((arg) => arg.nullable), "immutable", expr.origin);
}

/** The call stays, even with one argument: a column of a projection must not turn into a plain one. */
function withoutUnreached(expr: Call): Expr | undefined {
  const certain = expr.args.findIndex((arg) => !arg.nullable);
  const reached = (certain === -1 ? expr.args : expr.args.slice(0, certain + 1)).filter((arg) => !isLiteral(arg, null));
  if (reached.length === expr.args.length) return undefined;
  return reached.length === 0 ? literals.null(expr.type, expr.origin) : call(expr.name, reached, expr.type, expr.nullable, expr.volatility, expr.origin);
}

/** Drops clauses that are never taken, and what stands behind one that always is. */
function simplifyCase(expr: Case): Expr | undefined {
  const certain = expr.clauses.findIndex(({ when }) => isLiteral(when, true));
  const reached = certain === -1 ? expr.clauses : expr.clauses.slice(0, certain);
  const clauses = reached.filter(({ when }) => !isLiteral(when, false) && !isLiteral(when, null));
  if (clauses.length === expr.clauses.length) return undefined;
  const otherwise = certain === -1 ? expr.otherwise : expr.clauses[certain]?.then;
  if (clauses.length > 0) return caseWhen(clauses, otherwise, expr.type, expr.origin);
  const only = otherwise ?? literals.null(expr.type, expr.origin);
  return sameType(only.type, expr.type) ? only : undefined;
}

function isLiteral(expr: Expr, value: boolean | null): boolean {
  return expr.kind === "Literal" && expr.value === value;
}

/** Types whose values can be written as a literal and cost nothing to make anew for each row. */
const scalar: ReadonlySet<TypeKind> = new Set<TypeKind>(["boolean", "int", "long", "double", "decimal", "string", "date", "timestamp", "duration", "null"]);

/** The value of an expression that has one before the job runs: immutable, from literals alone, and without imported functions. */
function evaluate(expr: Expr, timezone: string): Expr {
  if (!scalar.has(expr.type.kind)) return expr;
  const result = evaluateConstant(expr, timezone);
  return result.ok ? literal(result.value, expr.type, expr.origin) : expr;
}
