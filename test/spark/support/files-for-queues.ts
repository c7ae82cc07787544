import { parse } from "../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../compiler/diagnostics/bag.ts";
import type { InputStatement } from "../../../compiler/ir/ast/statement.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";

/** A job's text that reads files of JSON lines in `folder/NAME`, a file a batch, in the place of queues. */
export function filesForQueues(text: string, folder: string): string {
  const program = parse(new SourceText("job.sluice", text), new DiagnosticBag());
  let changed = text;
  for (const { name, bounded, from } of program.statements.filter((statement): statement is InputStatement => statement.kind === "Input").toReversed()) {
    if (!/^queue\b/.test(text.slice(from.span.start, from.span.end))) continue;
    changed = `${changed.slice(0, from.span.start)}file(${JSON.stringify(`${folder}/${name.text}`)}, format: "json"${bounded ? "" : ", maxFilesPerTrigger: 1"})${changed.slice(from.span.end)}`;
  }
  return changed;
}
