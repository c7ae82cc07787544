import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";

/** Whether all columns that an expression reads are in the output of a plan; an expression without columns reads of every plan. */
export function readsOnly(expr: Expr, plan: LogicalPlan): boolean {
  const own = new Set(plan.output.map(({ id }) => id));
  return [...columnsOf(expr)].every((id) => own.has(id));
}
