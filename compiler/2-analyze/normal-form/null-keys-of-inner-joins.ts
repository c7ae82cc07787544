import { findScalar } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { call } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Join } from "../../ir/logical/plan.ts";
import { Filter } from "../../ir/logical/plan.ts";
import { timeInequalities } from "../../ir/logical/time-inequality.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { conjunction, conjuncts } from "../expressions/conjuncts.ts";

/**
 * A stream's row whose key is null, whose time in a bound is, or that fails a condition on its own columns, matches nothing. Where it
 * does not come out without a match either, it is removed before the join, and so by W1 before the watermark (Spark infers
 * the same filters: InferFiltersFromConstraints, PushPredicateThroughJoin).
 */
export function filterInnerJoinInputs(plan: LogicalPlan): LogicalPlan {
  return plan.transformUp((node) => {
    if (node.kind !== "Join") return node;
    const { joinKind } = node;
    const left = node.left.streaming && (joinKind === "inner" || joinKind === "semi" || (joinKind === "right" && node.right.streaming));
    const right = node.left.streaming && node.right.streaming && joinKind !== "right" && joinKind !== "full" && joinKind !== "cross";
    return filtered(left ? filtered(node, "left") : node, right ? "right" : undefined);
  });
}

function filtered(node: Join, which: "left" | "right" | undefined): Join {
  if (which === undefined) return node;
  const side = node[which];
  const own = new Set(side.output.map((column) => column.id));
  const parts = node.residual === undefined ? [] : conjuncts(node.residual);
  const mine = parts.filter((part) => part.volatility !== "volatile" && within(part, own));
  const rest = parts.filter((part) => !mine.includes(part));
  const keys = node.equalities.flatMap(({ nullSafe, [which]: key }) => (nullSafe || !key.nullable || key.volatility === "volatile" ? [] : [key]));
  const conditions = [...keys, ...timesOfBounds(node, rest, own, keys)].map(isNotNull).concat(mine);
  if (conditions.length === 0) return node;
  return node.with({ [which]: new Filter(side, conjunction(conditions), node.origin), residual: rest.length === 0 ? undefined : conjunction(rest) });
}

/** The columns of a side of two streams that its bounds read: a row would be kept for ever where one is null. */
function timesOfBounds({ left, right }: Join, rest: readonly Expr[], own: ReadonlySet<ColumnId>, keys: readonly Expr[]): readonly Expr[] {
  if (!left.streaming || !right.streaming) return [];
  const found = new Map<ColumnId, Expr>(keys.flatMap((key) => (key.kind === "ColumnRef" ? [[key.id, key]] : [])));
  const known = found.size;
  for (const { terms } of rest.flatMap(timeInequalities)) for (const { expr } of terms) if (expr.kind === "ColumnRef" && expr.nullable && own.has(expr.id) && !found.has(expr.id)) found.set(expr.id, expr);
  return [...found.values()].slice(known);
}

function within(expr: Expr, ids: ReadonlySet<ColumnId>): boolean {
  const columns = [...columnsOf(expr)];
  return columns.length > 0 && columns.every((id) => ids.has(id));
}

function isNotNull(expr: Expr): Expr {
  const fn = findScalar("is not null") ?? internalError("E9002", "the catalogue has no operator `is not null`");
  return call(fn.name, [expr], booleanType, false, fn.volatility, expr.origin);
}
