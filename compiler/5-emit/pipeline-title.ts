import { Code } from "../code/code.ts";
import { commentText } from "../code/literal.ts";
import type { Pipeline } from "../ir/physical/physical.ts";
import { type QueryScope } from "./query-scope.ts";

/** The comment above a pipeline: its steps, and the line of the job that it comes from. */
export function titleOf(pipeline: Pipeline, scope: QueryScope): Code {
  const place = pipeline.origin === undefined ? "" : `    line ${scope.source.locate(pipeline.origin.start).line}`;
  return new Code(`// ${commentText(pipeline.title)}${place}`, 0, []);
}
