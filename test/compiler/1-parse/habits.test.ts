import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../compiler/diagnostics/bag.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../../compiler/diagnostics/render-text.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";
import { goldenTest, sampleFiles } from "../../support/samples.ts";

const habits = sampleFiles("habits", ".sluice").map(({ name, path }) => ({ name, path, text: readFileSync(path, "utf8") }));

function parsed(name: string, text: string): { readonly source: SourceText; readonly diagnostics: readonly Diagnostic[] } {
  const source = new SourceText(`${name}.sluice`, text);
  const bag = new DiagnosticBag();
  parse(source, bag);
  return { source, diagnostics: bag.sorted() };
}

/** The text after the edits that the helps offer, one after the other, as long as there is one. */
function mended(name: string, text: string): string {
  for (let left = 20; left > 0; left--) {
    const fix = parsed(name, text).diagnostics.find(({ help }) => help?.fix !== undefined)?.help?.fix;
    if (fix === undefined) return text;
    text = text.slice(0, fix.span.start) + fix.replacement + text.slice(fix.span.end);
  }
  throw new Error(`the edits for ${name} come to no end:\n${text}`);
}

it.each(habits)("has a hint for $name", ({ name, text, path }) => {
  const { source, diagnostics } = parsed(name, text);
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { help } of diagnostics) expect(help).toBeDefined();
  const after = mended(name, text);
  const rest = parsed(name, after).diagnostics.length;
  const edited = after === text ? "" : `\nmended${rest === 0 ? "" : " in part"}:\n${after}`;
  goldenTest(`${renderDiagnostics(diagnostics, source)}${edited}`, path.replace(/\.sluice$/, ".stderr"));
});
