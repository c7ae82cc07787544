import { intervalText } from "../ir/logical/interval-text.ts";
import type { LogicalQuery } from "../ir/logical/job.ts";
import type { Aggregate, LogicalPlan } from "../ir/logical/plan.ts";
import { stateBound } from "../ir/logical/state-bound.ts";
import { deriveStreaming, type StreamingProperties } from "../ir/logical/streaming-properties.ts";
import type { GroupTable, PhysicalProgram } from "../ir/physical/physical.ts";

type Operators = Pick<PhysicalProgram, "tables" | "tops" | "joins">;

/** The plan of a query as indented lines, the sink on top; stateful operators say how they emit, whether they take rows back, and what their state is. */
export function physicalText(query: LogicalQuery, operators: Operators): readonly string[] {
  const lines = [`Sink ${query.name} [${query.mode}] into ${query.sink.connector}${rowByRow(query)}${guarantee(query)}`];
  const properties = deriveStreaming(query.plan, query.mode);
  const visit = (plan: LogicalPlan, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}${describe(plan, operators, properties)}`);
    for (const child of plan.children) visit(child, depth + 1);
  };
  visit(query.plan, 1);
  return lines;
}

/** How rows go under the continuous trigger: `, row by row at least once, checkpoint every 1s`. */
function rowByRow({ trigger }: LogicalQuery): string {
  if (trigger.kind !== "continuous") return "";
  return `, row by row at least once, checkpoint every ${intervalText(trigger.interval)}`;
}

/** What a user's writer may rely on. */
function guarantee({ checkpoint, sink }: LogicalQuery): string {
  if (sink.writer === undefined) return "";
  const id = sink.connector === "foreachBatch" ? "batch ids" : "versions";
  return checkpoint === undefined ? ` (at least once; ${id} are unique only with a checkpoint)` : " (at least once)";
}

function describe(plan: LogicalPlan, { tables, tops, joins }: Operators, properties: StreamingProperties): string {
  if (plan.kind === "Aggregate") return aggregateText(plan, tables.find(({ id }) => id === plan.operatorId));
  const words = wordsOf(plan, tops, joins);
  const text = words.length === 0 ? plan.describe() : plan.describe().replace(/^\w+/, (kind) => `${kind} [${words.join(", ")}]`);
  const size = stateBound(plan, properties.of(plan));
  return size === undefined || !("operatorId" in plan) ? text : `${text}   state ${plan.operatorId}: ${size.formula}`;
}

function aggregateText(plan: Aggregate, table: GroupTable | undefined): string {
  if (table === undefined) return plan.describe();
  const state = table.kept ? `   state ${table.id}: ${table.stateBound}` : `   computed anew for each ${plan.perBatch ? "batch" : "result"}`;
  if (plan.perBatch) return `${plan.describe()}${state}`;
  const words = [table.emit, ...(table.counted ? ["over changes"] : [])];
  return plan.describe().replace(/^Aggregate/, `Aggregate [${words.join(", ")}]`) + state;
}

/** How a `top` over rows that keep coming emits, or that a join takes rows back. */
function wordsOf(plan: LogicalPlan, tops: Operators["tops"], joins: Operators["joins"]): readonly string[] {
  const id = "operatorId" in plan ? plan.operatorId : undefined;
  const top = plan.kind === "Top" || plan.kind === "Dedup" ? tops.find((other) => other.id === id) : undefined;
  if (top !== undefined) return [top.emit, ...(top.takesBack ? ["over changes"] : [])];
  return plan.kind === "Join" && joins.some((join) => join.id === id && join.changes) ? ["changes"] : [];
}
