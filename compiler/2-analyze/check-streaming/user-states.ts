import { givenRowsMode, mappedStateBeside, mappedStateMode, stateOverChanges, stateWithoutTime, updatedStateInAppend } from "../../diagnostics/catalogue/user-state.ts";
import { liveTimes } from "../../ir/logical/event-times.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { LogicalPlan, UserState } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import type { CheckedQuery } from "./checked-query.ts";

/**
 * Functions with state (Spark: UnsupportedOperationChecker of FlatMapGroupsWithState): of rows that stay; `update` gives a table, and not in append; one row a call only in update,
 * and alone; rows of any number in append, or in update above which nothing keeps state; event-time timeouts under a watermark.
 */
export function checkUserStates(query: CheckedQuery): void {
  for (const { node, above } of withParents(query.plan, [])) {
    if (node.kind === "UserState" && node.streaming && node.origin !== undefined) checkOne(node, node.origin, above, query);
  }
}

interface Placed {
  readonly node: LogicalPlan;
  readonly above: readonly LogicalPlan[];
}

function withParents(node: LogicalPlan, above: readonly LogicalPlan[]): readonly Placed[] {
  return [{ node, above }, ...node.children.flatMap((child) => withParents(child, [...above, node]))];
}

function checkOne(node: UserState, at: Span, above: readonly LogicalPlan[], { plan, mode, properties, job }: CheckedQuery): void {
  const { kind, fn, timeout } = node.spec;
  const { name } = fn;
  const input = properties.of(node.input);
  if (input.changelogMode !== "append" || input.wholeResultInState) {
    job.report(stateOverChanges({ name }).at(at).helped("put the `state` before the rows change, or write `mode append`"));
    return;
  }
  if (node.spec.byEventTime && liveTimes(node.input).length === 0) {
    const what = timeout === undefined ? "an event-time timer" : "this timeout";
    const { eventTimer } = node.spec;
    const diagnostic = stateWithoutTime({ what }).at(at);
    const placed = timeout !== undefined || eventTimer === undefined ? diagnostic : diagnostic.also(eventTimer.span, "set here", eventTimer.file);
    job.report(placed.helped(`define a \`watermark\` before it, or ${timeout === undefined ? "set timers in processing time: `timers.atProcessingTime(…)`" : "write `processing time` behind the timeout"}`));
  }
  if (kind === "update") {
    if (properties.of(node).emit === "onClose") job.report(updatedStateInAppend({ name }).at(at).helped("write `mode update` or `mode complete`"));
    return;
  }
  const others = nodesOf(plan).filter((other) => other.kind === "UserState" && other.streaming && other.operatorId !== node.operatorId && other.spec.kind !== "update");
  if (kind === "map") {
    if (mode !== "update") {
      job.report(mappedStateMode({ name, mode }).at(at).helped("write `mode update`, or return an array of rows"));
      return;
    }
    const beside = others.length > 0 ? "another function with state" : above.some((other) => other.kind === "Aggregate") ? "an `aggregate` above it" : undefined;
    if (beside !== undefined) job.report(mappedStateBeside({ name, other: beside }).at(at).helped("return an array of rows, which stay"));
    return;
  }
  if (mode === "append") return;
  if (above.some((other) => properties.of(other).state !== undefined && other.kind === "UserState")) {
    job.report(givenRowsMode({ name, reason: `reach another function with state, which takes rows only in append mode` }).at(at).helped("write `mode append`"));
  } else if (mode === "update" && above.some((other) => properties.of(other).state !== undefined)) {
    job.report(givenRowsMode({ name, reason: "are updates in update mode, and a step above would count each as a row of its own" }).at(at).helped("write `mode append`, or `mode complete` above an `aggregate`"));
  }
}
