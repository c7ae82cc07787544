import { changelogColumn, partitionColumn, textColumns } from "../../diagnostics/catalogue/connectors.ts";
import { unknownColumn } from "../../diagnostics/catalogue/names.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Column } from "../../ir/logical/column.ts";
import { typeText, type DataType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { CheckedTarget } from "./check-sink-target.ts";
import { checkAvroColumns } from "./avro-options.ts";
import { checkFormatColumns } from "./format-options.ts";

/** Types whose values have no text that could name a folder. */
const unnameable: ReadonlySet<DataType["kind"]> = new Set(["array", "binary", "map", "record"]);

/** Holds the columns of a query against its sink: `partitionBy` names some of them, `changelog` none, and the format can write them. */
export function checkWritten(columns: readonly Column[], { target, capabilities, partitionColumns, kindColumn }: CheckedTarget, at: Span, job: JobContext): void {
  const seen = new Set<string>();
  for (const { text, span } of partitionColumns) {
    const column = columns.find(({ name }) => name === text);
    if (column === undefined) {
      const help = suggestion(text, columns.map(({ name }) => name), "the sink's columns are");
      const diagnostic = unknownColumn({ name: text }).at(span);
      job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    } else if (seen.has(text)) {
      job.report(partitionColumn({ message: `\`${text}\` is named twice` }).at(span).labelled("named again here").helped("leave one of them out"));
    } else if (unnameable.has(column.type.kind)) {
      job.report(partitionColumn({ message: `\`${text}\` is ${typeText(column.type)}, which cannot name a folder` }).at(span).helped("partition by a number, a text, a date or the like"));
    }
    seen.add(text);
  }
  if (kindColumn !== undefined && columns.some(({ name }) => name === kindColumn)) {
    job.report(changelogColumn({ name: kindColumn }).at(at).helped("give `changelog` another name, or the column"));
  }
  const written = columns.filter(({ name }) => !seen.has(name));
  if (partitionColumns.length > 0 && written.length === 0) {
    job.report(partitionColumn({ message: "no column is left for the files" }).at(at).labelled("all columns name folders").helped("keep a column out of `partitionBy`"));
    return;
  }
  checkFormatColumns(target.format, written, at, "write", job);
  checkAvroColumns(target, written, at, job);
  // Of a message, what is its value depends on its other parts.
  if (capabilities.ofMessages === true) return;
  const [first] = written;
  if (target.format === "text" && kindColumn !== undefined) {
    job.report(textColumns({ found: `${written.length + 1} columns` }).at(at).labelled("`changelog` adds a column").helped('write `format: "json"` or `format: "csv"`'));
  } else if (target.format === "text" && first !== undefined && (written.length > 1 || first.type.kind !== "string")) {
    job.report(textColumns({ found: written.length === 1 ? typeText(first.type) : `${written.length} columns` }).at(at).helped("choose or make one with `select`, or write `format: \"csv\"`"));
  }
}
