import type { ColumnId, Expr } from "../../../compiler/ir/expr/expr.ts";
import { columnsOf } from "../../../compiler/ir/expr/walk.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";

/** The aggregates whose doubles hang on the order in which values are added. */
const summing: ReadonlySet<string> = new Set([
  "avg", "corr", "covar_pop", "covar_samp", "kurtosis", "regr_avgx", "regr_avgy", "regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy",
  "skewness", "stddev", "stddev_pop", "sum", "try_avg", "try_sum", "var_pop", "variance",
]);

/**
 * The output columns of a plan whose doubles may differ in their last digits on another engine, because sums went into them in another order: of all others each bit
 * counts. A column that a step makes of rows as a whole (explode, union, a user's function) is one of them where its input has one.
 */
export function summedColumns(plan: LogicalPlan): ReadonlySet<ColumnId> {
  const below = new Set(plan.children.flatMap((child) => [...summedColumns(child)]));
  const isOf = (expr: Expr): boolean => [...columnsOf(expr)].some((id) => below.has(id));
  if (plan.kind === "Project") return new Set(plan.columns.flatMap(({ id, expr }) => (isOf(expr) ? [id] : [])));
  if (plan.kind === "Aggregate") {
    const keys = plan.keys.flatMap(({ id, expr }) => (isOf(expr) ? [id] : []));
    return new Set([...keys, ...plan.aggregates.flatMap(({ id, call }) => (summing.has(call.name) || call.args.some(isOf) ? [id] : []))]);
  }
  const known = new Set(plan.children.flatMap(({ output }) => output.map(({ id }) => id)));
  return new Set(plan.output.flatMap(({ id }) => (below.has(id) || (below.size > 0 && !known.has(id)) ? [id] : [])));
}
