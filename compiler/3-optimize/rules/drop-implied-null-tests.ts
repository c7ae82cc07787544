import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf, conjunction, conjunctsOf, literals, substitute } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Scan } from "../../ir/logical/index.ts";
import { bottomUp } from "../rule.ts";
import { simplifyExpression } from "../simplify-expression.ts";

/**
 * Drops the test of a column for null where another conjunct of a reader's filter says it too: `Scan(a is not null and a = 7)` →
 * `Scan(a = 7)`. A filter behind the reader keeps it: from there on the column need not be tested again.
 *
 * Sound because a filter keeps only rows for which every conjunct is true, and the other one is never true where the column is
 * null. A test that stands before it goes only where what it kept from being asked cannot fail and is not volatile. The
 * rows are the same, so state and time are; which records are accepted is decided before the filter.
 */
export const dropImpliedNullTests = bottomUp<LogicalPlan>("drop-implied-null-tests", (node, { timezone }) => {
  if (node.kind !== "Scan" || node.filter === undefined) return undefined;
  const conjuncts = conjunctsOf(node.filter);
  const kept = withoutImplied(conjuncts, timezone);
  return kept.length === conjuncts.length ? undefined : new Scan(node.input, node.columns, node.needed, conjunction(kept), node.origin);
});

/** One by one, so that of two tests of a column one stays. */
function withoutImplied(conjuncts: readonly Expr[], timezone: string): readonly Expr[] {
  const at = conjuncts.findIndex((conjunct, index) => isImplied(conjunct, index, conjuncts, timezone));
  return at === -1 ? conjuncts : withoutImplied(conjuncts.toSpliced(at, 1), timezone);
}

function isImplied(test: Expr, at: number, conjuncts: readonly Expr[], timezone: string): boolean {
  const [column] = test.kind === "Call" && test.name === "is not null" ? test.args : [];
  if (column?.kind !== "ColumnRef") return false;
  const nothing = new Map([[column.id, literals.null(column.type)]]);
  return conjuncts.some((other, index) => {
    if (index === at || !columnsOf(other).has(column.id)) return false;
    if (index > at && conjuncts.slice(at + 1, index + 1).some((freed) => freed.volatility === "volatile" || canFail(freed))) return false;
    const result = simplifyExpression(substitute(other, nothing), timezone);
    return result.kind === "Literal" && result.value !== true;
  });
}
