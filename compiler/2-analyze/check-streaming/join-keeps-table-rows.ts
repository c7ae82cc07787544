import { joinKeepsTableRows } from "../../diagnostics/catalogue/streaming.ts";
import type { JoinKind } from "../../ir/ast/step.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/**
 * A row of a table that must come out once for lack of a match (or once for having any) can only be judged when the stream has
 * ended (Spark: eK1 to eK5, eJ2). Answers whether the join is legal.
 */
export function checkJoinSides(kind: JoinKind, leftStreaming: boolean, rightStreaming: boolean, at: Span, job: JobContext): boolean {
  if (leftStreaming === rightStreaming) return true;
  const tableOnLeft = !leftStreaming;
  const judged = kind === "full" || (tableOnLeft ? kind === "left" || kind === "semi" || kind === "anti" : kind === "right");
  if (!judged) return true;
  const help = kind === "left" ? "start with the stream and join the table to it" : kind === "right" ? "write `left` to keep the stream's rows" : "write `inner` or `left`, starting with the stream";
  job.report(joinKeepsTableRows({ kind }).at(at).helped(help));
  return false;
}
