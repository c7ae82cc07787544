import { inferredSchemaLines } from "../ir/logical/index.ts";
import type { LogicalJob, LogicalQuery, SinkTarget, Trigger } from "../ir/logical/index.ts";
import { intervalText } from "../ir/logical/index.ts";
import { logicalPlanText } from "./logical-text.ts";

/** Inferred schemas, every query of a job with its plan, then the side outputs: what `explain --stage analyzed` and `optimized` print. No final line end. */
export function jobText(job: LogicalJob): string {
  const sideOutputs = job.sideOutputs.map((output) => `side output ${output.name} → ${targetText(output.sink)}`);
  return [...job.inferred.map((schema) => inferredSchemaLines(schema).join("\n")), ...job.queries.map(queryText), ...(sideOutputs.length === 0 ? [] : [sideOutputs.join("\n")])].join("\n\n");
}

/** A query's head line, its plan below it: `sink urlranks [complete] → memory, every 5s`. */
export function queryText(query: LogicalQuery): string {
  const plan = logicalPlanText(query.plan)
    .split("\n")
    .map((line) => `  ${line}`);
  return [queryHeadText(query), ...plan].join("\n");
}

/** Name, output mode, target and trigger on one line. */
export function queryHeadText(query: LogicalQuery): string {
  return `sink ${query.name} [${query.mode}] → ${targetText(query.sink)}, ${triggerText(query.trigger)}`;
}

function targetText(sink: SinkTarget): string {
  return sink.format === undefined ? sink.connector : `${sink.connector}, ${sink.format}`;
}

/** `every 5s`, `asap`, `continuous 1s`: an interval that a param gives stands by its name. */
export function triggerText(trigger: Trigger): string {
  if (!("interval" in trigger)) return trigger.kind;
  return `${trigger.kind} ${intervalText(trigger.interval)}`;
}
