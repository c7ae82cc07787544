import type { LogicalPlan } from "../ir/logical/index.ts";
import { diffLines } from "./diff-lines.ts";
import type { PlanLine } from "./logical-text.ts";
import { indented, planLines } from "./logical-text.ts";

/** What the trace needs to know of an effective rule (the optimizer's `RuleEvent`). */
export interface TracedRule {
  readonly batch: string;
  readonly iteration: number;
  readonly rule: string;
  readonly before: LogicalPlan;
  readonly after: LogicalPlan;
}

/**
 * The effective rules in the order in which they applied, each with the nodes that it took away (`-`) and put in (`+`):
 *
 * ```
 * batch push-down
 *   iteration 1 · push-filter-into-scan
 *     - Filter kind = "view"
 *     - Source clicks: queue, json, reads kind, user
 *     + Source clicks: queue, json, reads kind, user where kind = "view"
 * ```
 *
 * A node that only moved up or down in the tree is no change. No final line end; one line where no rule applied.
 */
export function traceText(events: readonly TracedRule[]): string {
  if (events.length === 0) return "no rule applied";
  const lines: string[] = [];
  let batch: string | undefined;
  for (const event of events) {
    if (event.batch !== batch) lines.push(`batch ${event.batch}`);
    batch = event.batch;
    lines.push(`  iteration ${event.iteration} · ${event.rule}`, ...changedNodes(event).map((line) => `    ${line}`));
  }
  return lines.join("\n");
}

function changedNodes({ before, after }: TracedRule): readonly string[] {
  const sameNode = (a: PlanLine, b: PlanLine): boolean => a.text === b.text;
  const changes = diffLines(planLines(before), planLines(after), sameNode).filter(({ kind }) => kind !== "=");
  if (changes.length === 0) return ["(nothing that the plan shows)"];
  const least = Math.min(...changes.map(({ line }) => line.depth));
  return changes.map(({ kind, line }) => `${kind} ${indented({ ...line, depth: line.depth - least })}`);
}
