import { paramNotAllowed, unknownParam } from "../../diagnostics/catalogue/names.ts";
import type { DurationNode } from "../../ir/ast/step.ts";
import type { JobContext } from "../job-context.ts";

/** A month counts 31 days in a delay (semantics W11). */
const microsecondsPerMonth = 31 * 86_400_000_000;

/** A duration on which the plan depends, in microseconds, so no param may stand there; undefined after a report. `where`: in words, `a delay`. */
export function planDuration(node: DurationNode, where: string, job: JobContext): number | undefined {
  if (node.kind === "DurationLiteral") return node.microseconds + node.months * microsecondsPerMonth;
  const param = job.params.get(node.name.text);
  if (param === undefined) job.report(unknownParam({ name: node.name.text }).at(node.span).labelled("a duration is wanted here").helped("write a duration: `10 minutes`"));
  else job.report(paramNotAllowed({ name: node.name.text, where }).at(node.span).also(param.span, "the param").helped("write the duration here: `10 minutes`"));
  return undefined;
}
