import { SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Offset from 0, line and column from 1, all in UTF-16 units. */
export interface JsonPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface JsonLabel {
  readonly file: string;
  readonly start: JsonPosition;
  readonly end: JsonPosition;
  readonly text: string;
  readonly primary: boolean;
}

/** One diagnostic as `sluice check --json` writes it, an object a line. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly slug: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly file: string;
  readonly start: JsonPosition;
  readonly end: JsonPosition;
  readonly labels: readonly JsonLabel[];
  readonly notes: readonly string[];
  readonly help: { readonly text: string; readonly fix: { readonly start: JsonPosition; readonly end: JsonPosition; readonly replacement: string } | null } | null;
}

/** Makes a diagnostic plain data for tools; `start` and `end` (exclusive) are those of the primary label. */
export function diagnosticToJson(diagnostic: Diagnostic, source: SourceText): JsonDiagnostic {
  const { code, slug, severity, message, primary, secondary, notes, help } = diagnostic;
  const labels = [primary, ...secondary].map((label): JsonLabel => {
    const text = label.file === undefined ? source : new SourceText(label.file.path, label.file.text);
    return { file: text.path, ...range(label.span, text), text: label.text, primary: label === primary };
  });
  const first = labels[0] ?? { file: source.path, ...range(primary.span, source) };
  const fix = help?.fix;
  return {
    code,
    slug,
    severity,
    message,
    file: first.file,
    start: first.start,
    end: first.end,
    labels,
    notes,
    help: help === undefined ? null : { text: help.text, fix: fix === undefined ? null : { ...range(fix.span, source), replacement: fix.replacement } },
  };
}

function range(span: Span, source: SourceText): { readonly start: JsonPosition; readonly end: JsonPosition } {
  return { start: position(span.start, source), end: position(span.end, source) };
}

function position(offset: number, source: SourceText): JsonPosition {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  return { offset: clamped, ...source.locate(clamped) };
}
