import type { Checked } from "../../../compiler/compile.ts";
import type { SinkStatement } from "../../../compiler/ir/ast/statement.ts";

/** The names of a job's queries, in the order written. */
export function queryNames(checked: Checked): readonly string[] {
  return checked.queries.map(({ analyzed }) => analyzed.name);
}

/** The text of a job with those of its queries alone whose names are given, and with the side outputs that they write. */
export function keepQueries(checked: Checked, names: ReadonlySet<string>): string {
  const sinks = checked.program.statements.filter((statement): statement is SinkStatement => statement.kind === "Sink");
  const queries = sinks.filter(({ pipeline }) => pipeline !== undefined);
  const left = without(checked.source.text, queries.filter(({ name }) => !names.has(name.text)));
  return without(checked.source.text, sinks.filter(({ name, pipeline }) => (pipeline === undefined ? left.match(new RegExp(`\\b${name.text}\\b`, "g"))?.length === 1 : !names.has(name.text))));
}

function without(text: string, statements: readonly SinkStatement[]): string {
  let left = text;
  for (const { span } of [...statements].sort((a, b) => b.span.start - a.span.start)) left = `${left.slice(0, span.start)}${left.slice(span.end)}`;
  return left;
}
