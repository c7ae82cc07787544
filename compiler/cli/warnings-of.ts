import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Program } from "../ir/ast/statement.ts";

/** A warning with the sink in whose statement it stands; null: in one that several may share. JSON. */
export interface SinkWarning {
  readonly sink: string | null;
  readonly diagnostic: Diagnostic;
}

/** What was found in a file, by sinks. */
export function bySink(diagnostics: readonly Diagnostic[], { statements }: Program): readonly SinkWarning[] {
  const sinks = statements.flatMap((statement) => (statement.kind === "Sink" ? [{ name: statement.name.text, span: statement.span }] : []));
  return diagnostics.map((diagnostic) => {
    const { start } = diagnostic.primary.span;
    return { sink: sinks.find(({ span }) => span.start <= start && start < span.end)?.name ?? null, diagnostic };
  });
}

/** What concerns the named queries: errors, and warnings but those in the statements of other sinks. No names: all of them. */
export function warningsOf(queries: readonly string[], found: readonly SinkWarning[]): readonly Diagnostic[] {
  return found.flatMap(({ sink, diagnostic }) => (queries.length === 0 || sink === null || diagnostic.severity === "error" || queries.includes(sink) ? [diagnostic] : []));
}

/** Of the reasons why queries cannot be divided into shards, those of the named queries. No names: all of them. */
export function refusedShards(queries: readonly string[], found: readonly SinkWarning[]): readonly Diagnostic[] {
  return found.flatMap(({ sink, diagnostic }) => (queries.length === 0 || sink === null || queries.includes(sink) ? [diagnostic] : []));
}
