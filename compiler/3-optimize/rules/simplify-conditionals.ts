import type { Call, Case, Expr } from "../../ir/expr/index.ts";
import { call, caseWhen, literals, sameExpr } from "../../ir/expr/index.ts";
import { sameType } from "../../ir/types/data-type.ts";
import { onExpressions } from "../expression-rule.ts";

/**
 * Says a choice shorter: `case when x is not null then x else y end` → `coalesce(x, y)`, `coalesce(coalesce(x, y), z)` → `coalesce(x, y, z)`,
 * `case when p then true else false end` → `p`, `case when p then x else x end` → `x`, `if(true, x, y)` → `x`.
 *
 * Sound because the same value is chosen, of the same type. A condition that decides nothing is no longer asked, and so cannot
 * fail; a value is computed for the rows for which it is now, and once where it was asked for and then taken. A volatile
 * value or condition stays as often as it is. Choices keep no state.
 */
export const simplifyConditionals = onExpressions("simplify-conditionals", (expr) => {
  if (expr.kind === "Case") return fitting(expr, shorterCase(expr));
  if (expr.kind !== "Call") return undefined;
  if (expr.name === "coalesce") return fitting(expr, shorterCoalesce(expr));
  if (expr.name === "if") return fitting(expr, shorterIf(expr));
  return undefined;
});

/** Only in the type of the whole: the branches of a choice may differ in the nullability of their parts. */
function fitting(expr: Expr, shorter: Expr | undefined): Expr | undefined {
  return shorter !== undefined && sameType(expr.type, shorter.type) ? shorter : undefined;
}

function shorterCase(expr: Case): Expr | undefined {
  const otherwise = expr.otherwise ?? literals.null(expr.type);
  const last = expr.clauses.at(-1);
  if (last === undefined) return undefined;
  if (last.when.volatility !== "volatile" && sameExpr(last.then, otherwise)) {
    const clauses = expr.clauses.slice(0, -1);
    return clauses.length === 0 ? otherwise : caseWhen(clauses, expr.otherwise, expr.type, expr.origin);
  }
  return expr.clauses.length === 1 ? chosen(last.when, last.then, otherwise, expr) : undefined;
}

function shorterIf(expr: Call): Expr | undefined {
  const [when, then, otherwise] = expr.args;
  if (when === undefined || then === undefined || otherwise === undefined) return undefined;
  if (when.kind === "Literal") return when.value === true ? then : otherwise;
  if (when.volatility !== "volatile" && sameExpr(then, otherwise)) return otherwise;
  return chosen(when, then, otherwise, expr);
}

/** A choice of two that there is a word for. */
function chosen(when: Expr, then: Expr, otherwise: Expr, whole: Expr): Expr | undefined {
  if (isLiteral(then, true) && isLiteral(otherwise, false)) return when.nullable ? call("is true", [when], whole.type, false, "immutable", whole.origin) : when;
  const [tested] = when.kind === "Call" ? when.args : [];
  if (when.kind !== "Call" || tested === undefined || tested.volatility === "volatile") return undefined;
  const [present, absent] = when.name === "is not null" ? [then, otherwise] : when.name === "is null" ? [otherwise, then] : [];
  if (present === undefined || absent === undefined || !sameExpr(tested, present)) return undefined;
  return call("coalesce", [present, absent], whole.type, present.nullable && absent.nullable, "immutable", whole.origin);
}

function shorterCoalesce(expr: Call): Expr | undefined {
  const flat = expr.args.flatMap((arg) => (arg.kind === "Call" && arg.name === "coalesce" && sameType(arg.type, expr.type) ? arg.args : [arg]));
  const different = flat.filter((arg, at) => arg.volatility === "volatile" || !flat.slice(0, at).some((earlier) => sameExpr(earlier, arg)));
  return different.every((arg, at) => arg === expr.args[at]) && different.length === expr.args.length ? undefined : call("coalesce", different, expr.type, expr.nullable, "immutable", expr.origin);
}

function isLiteral(expr: Expr, value: boolean): boolean {
  return expr.kind === "Literal" && expr.value === value;
}
