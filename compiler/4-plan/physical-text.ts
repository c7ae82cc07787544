import type { LogicalQuery } from "../ir/logical/job.ts";
import type { LogicalPlan } from "../ir/logical/plan.ts";
import type { GroupTable } from "../ir/physical/physical.ts";

/** The plan of a query as indented lines, the sink on top; stateful operators say how they emit and what their state is. */
export function physicalText(query: LogicalQuery, tables: readonly GroupTable[]): readonly string[] {
  const lines = [`Sink ${query.name} [${query.mode}] into ${query.sink.connector}`];
  const visit = (plan: LogicalPlan, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}${describe(plan, tables)}`);
    for (const child of plan.children) visit(child, depth + 1);
  };
  visit(query.plan, 1);
  return lines;
}

function describe(plan: LogicalPlan, tables: readonly GroupTable[]): string {
  if (plan.kind !== "Aggregate") return plan.describe();
  const table = tables.find(({ id }) => id === plan.operatorId);
  if (table === undefined) return plan.describe();
  const state = table.kept ? `   state ${table.id}: ${table.stateBound}` : "   computed anew for each result";
  return plan.describe().replace(/^Aggregate/, `Aggregate [${table.emit}]`) + state;
}
