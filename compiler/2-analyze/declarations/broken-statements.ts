import { rowInOption } from "../../diagnostics/catalogue/connectors.ts";
import { unknownColumn, unknownFunction, unknownParam, unknownRelation, unknownSchema, unknownSideOutput, unknownType, unusedSideOutput } from "../../diagnostics/catalogue/names.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Program } from "../../ir/ast/statement.ts";
import type { SourceText } from "../../source/source-text.ts";

/** What would be reported falsely where a statement of a kind could not be built. */
const consequences: ReadonlyMap<string, readonly { readonly code: string }[]> = new Map([
  ["import", [unknownFunction]],
  ["param", [unknownColumn, unknownParam, rowInOption]],
  ["schema", [unknownType, unknownSchema]],
  ["source", [unknownRelation, unusedSideOutput]],
  ["table", [unknownRelation, unusedSideOutput]],
  ["stream", [unknownRelation]],
  ["window", [unknownColumn]],
  ["sink", [unknownSideOutput]],
]);

/**
 * The codes that are not to be reported because the parser left a broken statement out: the names that it declares are unknown
 * only for that. An error belongs to a statement that was left out if no statement that was built covers it.
 */
export function namesOfBrokenStatements(program: Program, source: SourceText, syntaxErrors: readonly Diagnostic[]): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const { primary, severity } of syntaxErrors) {
    const { start } = primary.span;
    if (severity !== "error" || program.statements.some(({ span }) => span.start <= start && start <= span.end)) continue;
    const after = Math.max(0, ...program.statements.filter(({ span }) => span.end <= start).map(({ span }) => span.end));
    const end = source.text.indexOf("\n", start);
    for (const line of source.text.slice(after, end === -1 ? undefined : end).split("\n")) {
      const word = /^\s*([a-z]+)/.exec(line)?.[1] ?? "";
      for (const { code } of consequences.get(word) ?? []) codes.add(code);
    }
  }
  return codes;
}
