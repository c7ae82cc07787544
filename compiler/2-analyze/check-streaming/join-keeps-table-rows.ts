import { joinKeepsTableRows } from "../../diagnostics/catalogue/streaming.ts";
import type { JoinKind } from "../../ir/ast/step.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import { holdsResult } from "../../ir/logical/streaming-properties.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** The same for joins of a snapshot, which is whole in complete mode only. */
export function checkSnapshotJoins({ plan, properties, job }: CheckedQuery): void {
  for (const node of nodesOf(plan)) {
    if (node.kind !== "Join" || !node.streaming || node.origin === undefined) continue;
    const { emit, wholeResultInState, joins } = properties.of(node);
    if (emit === "snapshot" && wholeResultInState) continue;
    const { left, right, joinKind } = node;
    // Beside a result that changes a row of the table that shows alone is taken back by its first match (decision 0025).
    if (joins !== undefined && (joinKind === "left" || joinKind === "right" || joinKind === "full")) continue;
    if ([left, right].some((side) => side.streaming && holdsResult(side, true))) checkJoinSides(joinKind, left.streaming, right.streaming, node.origin, job);
  }
}

/**
 * A row of a table that must come out once for lack of a match (or once for having any) can only be judged when the stream has
 * ended (Spark: eK1 to eK5, eJ2). Answers whether the join is legal.
 */
export function checkJoinSides(kind: JoinKind, leftStreaming: boolean, rightStreaming: boolean, at: Span, job: JobContext): boolean {
  if (leftStreaming === rightStreaming) return true;
  const tableOnLeft = !leftStreaming;
  const judged = kind === "full" || (tableOnLeft ? kind === "left" || kind === "semi" || kind === "anti" : kind === "right");
  if (!judged) return true;
  const help = kind === "anti" || kind === "semi" ? "read the table as a `source` and write `unbounded`, or join in complete mode above an `aggregate`" : kind === "left" ? "start with the stream and join the table to it" : kind === "right" ? "write `left` to keep the stream's rows" : "write `inner` or `left`, starting with the stream";
  job.report(joinKeepsTableRows({ kind }).at(at).helped(help));
  return false;
}
