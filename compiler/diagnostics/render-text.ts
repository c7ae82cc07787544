import { SourceText } from "../source/source-text.ts";
import type { Diagnostic, Label } from "./diagnostic.ts";
import { renderExcerpt, type Mark, type Palette } from "./render-excerpt.ts";
import { escapeText } from "./render-line.ts";

/** `color` writes ANSI colours; off by default. */
export interface RenderOptions {
  readonly color?: boolean;
}

/**
 * Renders the diagnostics of one file for people: `file:line:column`, the code, the source lines with the spans underlined,
 * notes and one help each, and a footer that counts them. Nothing in the source can act upon the terminal.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], source: SourceText, options: RenderOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const blocks = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source, options));
  return `${blocks.join("\n")}\n${renderCounts(diagnostics)}\n`;
}

/** `2 errors`, `1 error and 3 warnings`. */
export function renderCounts(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic["severity"]): string | undefined => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? undefined : `${number} ${severity}${number === 1 ? "" : "s"}`;
  };
  return [count("error"), count("warning")].filter((text) => text !== undefined).join(" and ");
}

function renderDiagnostic(diagnostic: Diagnostic, source: SourceText, options: RenderOptions): string {
  const { code, severity, message, primary, secondary, notes, help } = diagnostic;
  const paint = (text: string, ansi: string): string => (options.color === true ? `\u001b[${ansi}m${text}\u001b[0m` : text);
  const main = severity === "error" ? "1;31" : "1;33";
  const palette: Palette = { gutter: (text) => paint(text, "1;34"), mark: (text, isPrimary) => paint(text, isPrimary ? main : "1;34") };
  const sections = sectionsOf(primary, secondary, source);
  const width = Math.max(...sections.flatMap(({ marks, text }) => marks.map(({ span }) => String(text.locate(Math.min(Math.max(span.start, span.end), text.text.length)).line).length)));
  const lines = [`${paint(`${severity}[${code}]`, main)}${paint(`: ${escapeText(message)}`, "1")}`];
  sections.forEach(({ text, marks, at }, index) => {
    const { line, column } = text.locate(Math.min(at, text.text.length));
    lines.push(`${" ".repeat(width)}${palette.gutter(index === 0 ? "-->" : ":::")} ${escapeText(text.path)}:${line}:${column}`);
    lines.push(...renderExcerpt(marks, text, width, palette));
  });
  const gutter = palette.gutter(`${" ".repeat(width)} =`);
  if (notes.length > 0 || help !== undefined) lines.push(palette.gutter(`${" ".repeat(width)} |`));
  for (const note of notes) lines.push(`${gutter} note: ${escapeText(note)}`);
  if (help !== undefined) lines.push(`${gutter} help: ${escapeText(help.text)}`);
  return `${lines.join("\n")}\n`;
}

/** The marks by file: the job's own first, then each other file that a label names. */
function sectionsOf(primary: Label, secondary: readonly Label[], source: SourceText): readonly { readonly text: SourceText; readonly marks: readonly Mark[]; readonly at: number }[] {
  const sections = new Map<string, { text: SourceText; marks: Mark[]; at: number }>();
  for (const label of [primary, ...secondary]) {
    const key = label.file === undefined ? "" : `:${label.file.path}`;
    const mark: Mark = { span: label.span, text: label.text, primary: label === primary };
    const section = sections.get(key);
    if (section !== undefined) section.marks.push(mark);
    else {
      const text = label.file === undefined ? source : new SourceText(label.file.path, label.file.text);
      sections.set(key, { text, marks: [mark], at: label.span.start });
    }
  }
  return [...sections.values()];
}
