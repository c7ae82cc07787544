import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { AggregateColumn, LogicalPlan } from "../../ir/logical/index.ts";
import { Aggregate } from "../../ir/logical/index.ts";
import { bottomUp } from "../rule.ts";

/**
 * Counts rows where it cannot tell values from rows: `count(x)` → `count()`, where x is never null and cannot fail.
 *
 * Sound because `count` leaves out only rows in which an argument is null. What may fail is evaluated, as Spark does, to fail. x
 * is no longer computed and need not be read. The state is the same counter under the same name, and counts late rows and
 * retractions as before. A `distinct` count stays, and so does a volatile x.
 */
export const countRows = bottomUp<LogicalPlan>("count-rows", (node) => {
  if (node.kind !== "Aggregate" || !node.aggregates.some(countsRows)) return undefined;
  const aggregates = node.aggregates.map((column) => (countsRows(column) ? { ...column, call: { ...column.call, args: [] } } : column));
  return new Aggregate(node.input, node.groups, aggregates, node.operatorId, node.origin, node.late, node.perBatch);
});

function countsRows({ call }: AggregateColumn): boolean {
  return call.name === "count" && !call.distinct && call.args.length > 0 && call.args.every((arg) => !arg.nullable && !canFail(arg) && arg.volatility !== "volatile");
}
