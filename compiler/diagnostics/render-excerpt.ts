import type { SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";
import { escapeText, showLine } from "./render-line.ts";

/** Text to put under a span of the source. */
export interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

/** A part of a mark on one line: 0-based columns, the end exclusive. */
interface Underline {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly primary: boolean;
}

/** How parts of the output are coloured; the identity without colours. */
export interface Palette {
  readonly gutter: (text: string) => string;
  readonly mark: (text: string, primary: boolean) => string;
}

/** The lines that the marks stand on, each with its underlines; `...` where lines are left out. */
export function renderExcerpt(marks: readonly Mark[], source: SourceText, gutterWidth: number, palette: Palette): readonly string[] {
  const underlines = marks.flatMap((mark) => underlinesOf(mark, source));
  const lines = [...new Set(underlines.map(({ line }) => line))].sort((a, b) => a - b);
  const empty = palette.gutter(`${" ".repeat(gutterWidth)} |`);
  const output = [empty];
  let previous: number | undefined;
  for (const line of lines) {
    if (previous !== undefined && line > previous + 1) output.push(palette.gutter("..."));
    previous = line;
    output.push(...renderLine(line, underlines.filter((underline) => underline.line === line), source, gutterWidth, palette));
  }
  return output;
}

function renderLine(line: number, underlines: readonly Underline[], source: SourceText, gutterWidth: number, palette: Palette): readonly string[] {
  const text = source.line(line);
  const focus = underlines.find(({ primary }) => primary) ?? underlines[0];
  const shown = showLine(text, focus?.from ?? 0, focus?.to ?? 0);
  const output = [`${palette.gutter(`${String(line).padStart(gutterWidth)} |`)} ${shown.text}`.trimEnd()];
  for (const { from, to, text: label, primary } of [...underlines].sort((a, b) => a.from - b.from)) {
    const start = shown.columnOf(from);
    const length = Math.max(1, Math.min(shown.columnOf(to), [...shown.text].length * 2) - start);
    const mark = `${(primary ? "^" : "-").repeat(length)} ${escapeText(label)}`.trimEnd();
    output.push(`${palette.gutter(`${" ".repeat(gutterWidth)} |`)} ${" ".repeat(start)}${palette.mark(mark, primary)}`);
  }
  return output;
}

/** One underline for a span within a line; for a longer one the first line from its start and the last up to its end. */
function underlinesOf({ span, text, primary }: Mark, source: SourceText): readonly Underline[] {
  const length = source.text.length;
  const start = source.locate(Math.max(0, Math.min(span.start, length)));
  const end = source.locate(Math.max(0, Math.min(Math.max(span.start, span.end - 1), length)));
  const from = Math.min(start.column - 1, source.line(start.line).length);
  const to = span.end > span.start ? Math.min(end.column, source.line(end.line).length) : from;
  if (start.line === end.line) return [{ line: start.line, from, to, text, primary }];
  const indent = source.line(end.line).search(/\S|$/);
  return [
    { line: start.line, from, to: source.line(start.line).length, text: "", primary },
    { line: end.line, from: Math.min(indent, to), to, text, primary },
  ];
}
