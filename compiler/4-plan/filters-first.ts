import { canFail } from "../catalog/expressions/can-fail.ts";
import type { ColumnId, Expr } from "../ir/expr/expr.ts";
import { substitute } from "../ir/expr/walk.ts";
import { isCondition } from "../ir/physical/is-condition.ts";
import type { RowStep } from "../ir/physical/physical.ts";

/**
 * The steps of a changing result with its conditions first, then what is computed: `where p |> extend e as r |> where r > 0` → `where p |>
 * where e > 0 |> extend e as r`. A group's row is marked as being there by all conditions together, which must be known before
 * anything is computed that an earlier condition keeps from failing. The steps as they are where nothing between conditions
 * can fail, or where a value that changes by itself stands there, which must not be asked for twice.
 */
export function filtersFirst(steps: readonly RowStep[]): readonly RowStep[] {
  const last = steps.findLastIndex(isCondition);
  const conditional = steps.slice(0, last + 1);
  const between = conditional.slice(conditional.findIndex(isCondition)).flatMap((step) => (step.kind === "project" ? step.columns : []));
  if (!between.some(({ expr }) => canFail(expr)) || between.some(({ expr }) => expr.volatility === "volatile")) return steps;
  const computed = new Map<ColumnId, Expr>();
  const conditions: RowStep[] = [];
  for (const step of conditional) {
    if (step.kind === "project") for (const [id, expr] of step.columns.map(({ id, expr }) => [id, substitute(expr, computed)] as const)) computed.set(id, expr);
    else if (isCondition(step)) conditions.push(withColumns(step, computed));
    else return steps;
  }
  return [...conditions, ...steps.filter((step, at) => at > last || !isCondition(step))];
}

function withColumns(step: RowStep, computed: ReadonlyMap<ColumnId, Expr>): RowStep {
  if (step.kind === "filter") return { ...step, predicate: substitute(step.predicate, computed) };
  if (step.kind !== "lookup") return step;
  return { ...step, keys: step.keys.map((key) => substitute(key, computed)), residual: step.residual === undefined ? undefined : substitute(step.residual, computed) };
}
