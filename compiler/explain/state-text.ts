import type { LogicalQuery } from "../ir/logical/job.ts";
import type { LogicalPlan } from "../ir/logical/plan.ts";
import { stateBound, type StateSize } from "../ir/logical/state-bound.ts";
import { deriveStreaming, type ChangelogMode } from "../ir/logical/streaming-properties.ts";

/** An operator that keeps something between batches. */
export interface StatefulStep extends StateSize {
  /** Its id in the checkpoint. */
  readonly id: string;
  readonly kind: "aggregate" | "sessions" | "join" | "latest" | "dedup" | "top" | "limit" | "state";
}

/** The operators of a query that keep state, each once, those nearest to the sink first. */
export function statefulSteps({ plan, mode }: Pick<LogicalQuery, "plan" | "mode">): readonly StatefulStep[] {
  const properties = deriveStreaming(plan, mode);
  const steps = new Map<string, StatefulStep>();
  plan.visit((node) => {
    const size = stateBound(node, properties.of(node));
    if (size === undefined || !("operatorId" in node) || steps.has(node.operatorId)) return;
    const kind = kindOf(node);
    if (kind !== undefined) steps.set(node.operatorId, { id: node.operatorId, kind, ...size });
  });
  return [...steps.values()];
}

/** What the rows of a batch mean to those that a query sent before (architecture: changelog mode), with the columns that tell rows apart. */
export function changelogOf({ plan, mode }: Pick<LogicalQuery, "plan" | "mode">): { readonly mode: ChangelogMode; readonly key: readonly string[] | undefined } {
  const { changelogMode } = deriveStreaming(plan, mode).of(plan);
  const key = changelogMode === "upsert" ? plan.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "") : undefined;
  return { mode: changelogMode, key };
}

/**
 * A head line, then each operator with the size of its state and what bounds it; nothing where none is kept. The operators of sinks that
 * are together are known by their sink too.
 */
export function stateLines(queries: readonly Pick<LogicalQuery, "name" | "plan" | "mode">[]): readonly string[] {
  const isTogether = queries.length > 1;
  const steps = queries.flatMap((query) => statefulSteps(query).map((step) => ({ ...step, id: isTogether && !step.id.startsWith(`${query.name}/`) ? `${query.name}/${step.id}` : step.id })));
  if (steps.length === 0) return [];
  const width = Math.max(...steps.map(({ id }) => id.length));
  return ["State between batches", ...steps.map((step) => `  ${step.id.padEnd(width)}  ${step.kind}: ${step.formula}; ${boundText(step)}`)];
}

function boundText({ boundedBy, watermarks }: StateSize): string {
  switch (boundedBy) {
    case "constant":
      return "does not grow";
    case "watermark":
      return `given back by the watermark ${watermarks.join(" and ")}`;
    case "clock":
      return "given back by the clock";
    case "key domain":
      return "bounded by the number of keys only";
    case "values":
      return "bounded by nothing";
  }
}

function kindOf(node: LogicalPlan): StatefulStep["kind"] | undefined {
  switch (node.kind) {
    case "Aggregate":
      return node.window?.kind === "session" ? "sessions" : "aggregate";
    case "Join":
      return node.sides.latest === true && node.right.streaming ? "latest" : "join";
    case "Top":
      return "top";
    case "Dedup":
      return "dedup";
    case "Limit":
      return "limit";
    case "UserState":
      return "state";
    default:
      return undefined;
  }
}
