import { formatText } from "./1-parse/format/format-text.ts";
import { parse } from "./1-parse/parse.ts";
import { DiagnosticBag } from "./diagnostics/bag.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { SourceText } from "./source/source-text.ts";

/** A job laid out; `text` is undefined where it has syntax errors, which `diagnostics` then holds. */
export interface Formatted {
  readonly source: SourceText;
  readonly text: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays out the text of a job: the same words and comments in the same order. `path` is for messages. */
export function format(path: string, text: string): Formatted {
  const source = new SourceText(path, text);
  const laidOut = formatText(text);
  if (laidOut !== undefined) return { source, text: laidOut, diagnostics: [] };
  const diagnostics = new DiagnosticBag();
  parse(source, diagnostics);
  return { source, text: undefined, diagnostics: diagnostics.sorted() };
}
