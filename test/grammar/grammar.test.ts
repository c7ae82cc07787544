import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generatedFiles } from "../../grammar/generate.ts";
import { SluiceParser } from "../../grammar/parser.ts";
import { contextualWords, reservedWords, stepWords } from "../../grammar/words.ts";

it("is a valid grammar without ambiguities", () => {
  expect(() => new SluiceParser({ validate: true })).not.toThrow();
});

it.each(Object.entries(generatedFiles()))("has a current %s (npx tsx grammar/generate.ts)", (name, text) => {
  expect(readFileSync(new URL(`../../grammar/${name}`, import.meta.url), "utf8")).toBe(text);
});

it("reserves 18 words and lists each word once", () => {
  expect(reservedWords).toHaveLength(18);
  const all = [...reservedWords, ...contextualWords];
  expect(new Set(all).size).toBe(all.length);
});

it("has a rule for every word that opens a step", () => {
  const { stepBody } = new SluiceParser().getGAstProductions();
  expect(stepBody?.definition).toHaveLength(1);
  expect(stepWords).toHaveLength(22);
});
