import type { LogicalQuery } from "../ir/logical/job.ts";
import type { LogicalPlan } from "../ir/logical/plan.ts";
import { stateBound } from "../ir/logical/state-bound.ts";
import { deriveStreaming, type StreamingProperties } from "../ir/logical/streaming-properties.ts";
import type { GroupTable } from "../ir/physical/physical.ts";

/** The plan of a query as indented lines, the sink on top; stateful operators say how they emit and what their state is. */
export function physicalText(query: LogicalQuery, tables: readonly GroupTable[]): readonly string[] {
  const lines = [`Sink ${query.name} [${query.mode}] into ${query.sink.connector}`];
  const properties = deriveStreaming(query.plan, query.mode);
  const visit = (plan: LogicalPlan, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}${describe(plan, tables, properties)}`);
    for (const child of plan.children) visit(child, depth + 1);
  };
  visit(query.plan, 1);
  return lines;
}

function describe(plan: LogicalPlan, tables: readonly GroupTable[], properties: StreamingProperties): string {
  if (plan.kind !== "Aggregate") {
    const size = stateBound(plan, properties.of(plan));
    return size === undefined || !("operatorId" in plan) ? plan.describe() : `${plan.describe()}   state ${plan.operatorId}: ${size.formula}`;
  }
  const table = tables.find(({ id }) => id === plan.operatorId);
  if (table === undefined) return plan.describe();
  const state = table.kept ? `   state ${table.id}: ${table.stateBound}` : "   computed anew for each result";
  return plan.describe().replace(/^Aggregate/, `Aggregate [${table.emit}]`) + state;
}
