import fc from "fast-check";
import { expect, it } from "vitest";
import { planPattern, type PatternPlan } from "../../../../compiler/catalog/functions/regex/pattern-plan.ts";
import { nativePattern } from "../../../../runtime/functions/native-pattern.ts";
import type { TextPattern } from "../../../../runtime/functions/text-pattern.ts";
import { compileRegex } from "../../../../runtime/regex.ts";

it.each([
  ["^GET (/content/[^ ]+)", "native"],
  ['"GET ([^ ]+) HTTP', "native"],
  ["^/content/\\w+(\\?.*)?$", "native"],
  ["foo.*", "native"],
  ["\\.html?$", "native"],
  ["stairs", "text"],
  ["^/index\\.html$", "text"],
  ["(a+)+$", "re2"],
  ["(a|a)*$", "re2"],
  ["^a*a*b", "re2"],
  ["\\d+-(\\d+)", "re2"],
  [".*foo", "re2"],
  ["^(a|ab)*c", "re2"],
  ["(?i)abc", "re2"],
  ["^x*y*\\b", "re2"],
])("runs %s by %s", (pattern, kind) => {
  expect(planOf(pattern).kind).toBe(kind);
});

it.each([
  ["(?<=a)b", "look-around"],
  ["(a)\\1", "back-reference"],
  ["a++b", "possessive"],
  ["[a-c&&[^b]]", "intersects"],
  ["[a[bc]]", "nested class"],
  ["(?U)\\w", "Unicode classes"],
  ["(", "missing closing"],
])("refuses %s in words", (pattern, words) => {
  const plan = planPattern(pattern);
  expect("problem" in plan ? plan.problem : "").toContain(words);
});

const atom = fc.constantFrom("a", "b", " ", ".", "\\d", "\\w", "\\S", "\\s", "[ab]", "[^ ]", "[^a]", "1", "-", "😀");
const quantifier = fc.constantFrom("", "", "", "*", "+", "?", "{1,2}", "*?", "+?");
const item = fc.tuple(atom, quantifier).map(([one, times]) => one + times);
const group = fc.tuple(fc.array(fc.array(item, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }), fc.constantFrom("", "?")).map(([branches, times]) => `(${branches.map((branch) => branch.join("")).join("|")})${times}`);
const patterns = fc.tuple(fc.constantFrom("", "^"), fc.array(fc.oneof(item, item, group), { maxLength: 5 }), fc.constantFrom("", "$")).map(([start, items, end]) => start + items.join("") + end);
const texts = fc.string({ unit: fc.constantFrom("a", "b", " ", "1", "-", "\n", "😀", "é", "\u000b"), maxLength: 16 });

it("finds natively what RE2 finds, groups and all", () => {
  let native = 0;
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const plan = planOf(pattern);
      if (plan.kind !== "native") return;
      native++;
      expect(allMatches(nativePattern(plan.source), text)).toEqual(allMatches(compileRegex(pattern), text));
    }),
    { numRuns: 20_000 },
  );
  expect(native).toBeGreaterThan(2000);
});

it("takes time linear in the text for whatever it runs natively", () => {
  const long = [..."a1 -b"].map((character) => character.repeat(200_000)).concat(["a ".repeat(100_000), "ab1".repeat(70_000), "a-".repeat(100_000)]);
  fc.assert(
    fc.property(patterns, fc.constantFrom(...long), fc.constantFrom("", "!", "\n"), (pattern, text, end) => {
      const plan = planOf(pattern);
      if (plan.kind !== "native") return;
      // Quadratic would be a minute.
      expect(millisecondsOf(new RegExp(plan.source, "u"), text + end)).toBeLessThan(5000);
    }),
    { numRuns: 1000 },
  );
});

function millisecondsOf(regex: RegExp, text: string): number {
  const before = performance.now();
  regex.test(text);
  return performance.now() - before;
}

function planOf(pattern: string): PatternPlan {
  const plan = planPattern(pattern);
  if ("problem" in plan) throw new Error(`${pattern} ${plan.problem}`);
  return plan.plan;
}

function allMatches(pattern: TextPattern, text: string): readonly (readonly (string | undefined)[])[] {
  const cursor = pattern.search(text);
  const found: (readonly (string | undefined)[])[] = [];
  while (cursor.next()) found.push([String(cursor.start), String(cursor.end), ...Array.from({ length: pattern.groupCount + 1 }, (_, group) => cursor.group(group))]);
  return found;
}
