import { findScalar } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { call } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import { Filter, Join } from "../../ir/logical/plan.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { conjunction, conjuncts } from "../expressions/conjuncts.ts";

/**
 * A stream's row whose key is null, or that fails a condition on its own columns, matches nothing in an inner or semi join: it is removed
 * before the join, and so by W1 before the watermark (Spark infers the same filters).
 */
export function filterInnerJoinInputs(plan: LogicalPlan): LogicalPlan {
  return plan.transformUp((node) => {
    if (node.kind !== "Join" || (node.joinKind !== "inner" && node.joinKind !== "semi") || !node.left.streaming) return node;
    const own = new Set(node.left.output.map((column) => column.id));
    const parts = node.residual === undefined ? [] : conjuncts(node.residual);
    const mine = parts.filter((part) => part.volatility !== "volatile" && within(part, own));
    const rest = parts.filter((part) => !mine.includes(part));
    const conditions = [...node.equalities.filter(({ left, nullSafe }) => !nullSafe && left.nullable && left.volatility !== "volatile").map(({ left }) => isNotNull(left)), ...mine];
    if (conditions.length === 0) return node;
    const left = new Filter(node.left, conjunction(conditions), node.origin);
    return new Join(left, node.right, node.joinKind, node.equalities, rest.length === 0 ? undefined : conjunction(rest), node.operatorId, node.origin);
  });
}

function within(expr: Expr, ids: ReadonlySet<ColumnId>): boolean {
  const columns = [...columnsOf(expr)];
  return columns.length > 0 && columns.every((id) => ids.has(id));
}

function isNotNull(expr: Expr): Expr {
  const fn = findScalar("is not null") ?? internalError("E9002", "the catalogue has no operator `is not null`");
  return call(fn.name, [expr], booleanType, false, fn.volatility, expr.origin);
}
