import { DiagnosticBag } from "../diagnostics/bag.ts";
import { stateByKeys, stateOfJoin, stateOfValues } from "../diagnostics/catalogue/state.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { closingTime } from "../ir/logical/event-times.ts";
import { joinBoundHelp } from "../ir/logical/join-bound-help.ts";
import type { JoinBounds } from "../ir/logical/join-bounds.ts";
import { nodesOf } from "../ir/logical/nodes-of.ts";
import { stateBound, type StateSize } from "../ir/logical/state-bound.ts";
import type { LogicalJob, OutputMode } from "../ir/logical/job.ts";
import type { AggregateColumn, Join, LogicalPlan } from "../ir/logical/plan.ts";
import { deriveStreaming } from "../ir/logical/streaming-properties.ts";
import type { Span } from "../source/span.ts";

/**
 * What `check` says of state that no watermark gives back: it is allowed, because a job's keys may be few, and reported, because
 * nobody else knows whether they are (language, principle 5). Ordered by position; a stream of several sinks is named once.
 */
export function stateWarnings(job: LogicalJob): readonly Diagnostic[] {
  const found = new DiagnosticBag();
  for (const { plan, mode } of job.queries) {
    const properties = deriveStreaming(plan, mode);
    plan.visit((node) => {
      const own = properties.of(node);
      const size = stateBound(node, own);
      if (size === undefined || node.origin === undefined) return;
      const warning = node.kind === "Join" && own.joins !== undefined ? warningOfJoin(node, node.origin, size, own.joins, mode) : warningOf(node, node.origin, size, mode);
      if (warning !== undefined) found.add(warning);
    });
  }
  return found.sorted();
}

function warningOf(node: LogicalPlan, at: Span, { boundedBy, formula }: StateSize, mode: OutputMode): Diagnostic | undefined {
  const help = helpOf(node, mode);
  if (boundedBy === "values" && node.kind === "Aggregate") {
    const keeping = node.aggregates.find(({ call }) => call.keepsValues === true) ?? node.aggregates.find(({ call }) => call.isInvertible !== true);
    return stateOfValues({ call: callText(keeping), formula }).at(keeping?.call.origin ?? at).helped(help);
  }
  if (boundedBy === "values" && (node.kind === "Top" || node.kind === "Dedup")) return stateOfValues({ call: node.kind.toLowerCase(), formula }).at(at).helped(help);
  if (boundedBy !== "key domain") return undefined;
  return stateByKeys({ step: node.kind === "UserState" ? "state" : node.kind.toLowerCase(), formula }).at(at).helped(help);
}

function warningOfJoin(node: Join, at: Span, { boundedBy, formula }: StateSize, joins: JoinBounds, mode: OutputMode): Diagnostic | undefined {
  if (boundedBy === "key domain") return stateByKeys({ step: "join", formula }).at(at).helped("join groups of a window, on the window");
  if (boundedBy !== "values") return undefined;
  if (mode === "complete") return stateOfJoin({ why: "because the result above it is complete", formula }).at(at).helped("write `mode append` or `mode update`");
  return stateOfJoin({ why: "as `unbounded` says", formula }).at(at).helped(joinBoundHelp(node, joins));
}

function callText(column: AggregateColumn | undefined): string {
  return column === undefined ? "aggregate" : `${column.call.name}${column.call.distinct ? "(distinct …)" : ""}`;
}

/** What would give state back. */
function helpOf(node: LogicalPlan, mode: OutputMode): string {
  const timed = nodesOf(node).some(({ kind }) => kind === "Watermark");
  if (node.kind === "Join") return "join groups of a window, on the window";
  if (node.kind === "UserState") return node.spec.kept.kind === "one" ? "write `timeout 1 hour`, or with `processing time`" : "give the states a time to live, or clear them with timers";
  if (node.kind === "Top") return timed ? "take the first rows of each window: `… per window`" : "define a `watermark` and take the first rows of each window: `… per window`";
  if (node.kind === "Dedup") return timed ? "add the event time to its keys, or write `within watermark`" : "define a `watermark`, and write `within watermark`";
  if (mode === "complete") {
    const modes = node.kind === "Aggregate" && node.window?.kind === "session" ? "`mode append`" : "`mode append` or `mode update`";
    if (node.kind === "Aggregate" && closingTime(node) !== undefined) return `write ${modes}: the watermark closes its groups`;
    return `write ${modes}${timed ? "" : ", define a `watermark`"} and group by a window over its column`;
  }
  return timed ? "group by a window over the event time" : "define a `watermark` and group by a window over its column";
}
