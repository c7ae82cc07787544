import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyzeText } from "../../support/analyze-text.ts";
import { sampleFiles } from "../../support/samples.ts";

const samples = [...sampleFiles("diagnostics", ".sluice"), ...sampleFiles("syntax", ".sluice")].map(({ path }) => ({ path, text: readFileSync(path, "utf8") }));
const words = samples
  .filter(({ text }) => !text.includes("import {"))
  .map(({ path, text }) => ({ path, words: text.match(/\s+|\w+|[^\s\w]/g) ?? [] }));

test("every valid sample of the syntax is analyzed without an exception", () => {
  for (const { path, text } of samples) expect(() => analyzeText(text, path)).not.toThrow();
});

test("a job with a word removed, doubled or replaced is analyzed without an exception, each error inside the text", () => {
  fc.assert(
    fc.property(fc.nat(words.length - 1), fc.nat(), fc.nat(), fc.constantFrom("remove", "double", "replace"), (sample, at, other, change) => {
      const { path, words: all } = words[sample] ?? { path: "", words: [] };
      const place = at % all.length;
      const replacement = all[other % all.length] ?? "";
      const text = all.map((word, index) => (index !== place ? word : change === "remove" ? "" : change === "double" ? `${word} ${word}` : replacement)).join("");
      const { diagnostics } = analyzeText(text, path);
      for (const { primary } of diagnostics) {
        expect(primary.span.start).toBeLessThanOrEqual(primary.span.end);
        expect(primary.span.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 250 },
  );
});
