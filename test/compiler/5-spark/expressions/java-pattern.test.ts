import { RE2JS } from "re2js";
import { expect, it } from "vitest";
import { javaPattern } from "../../../../compiler/5-spark/expressions/regex/java-pattern.ts";

const patterns: readonly (readonly [re2: string, java: string])[] = [
  ["abc|d+e*?", "abc|d+e*?"],
  ["^a.b$", "^a[^\\n]b\\z"],
  ["(?s)a.b", "a[\\s\\S]b"],
  ["(?s:a.)b.", "(?:a[\\s\\S])b[^\\n]"],
  ["(?m)^a$", "(?:^|(?<=\\n))a(?![^\\n])"],
  ["(?m:^a)$", "(?:(?:^|(?<=\\n))a)\\z"],
  ["(?i)a|(?-i:b)", "(?iu)a|(?-iu:b)"],
  ["\\s+\\S", "[\\t\\n\\f\\r ]+[^\\t\\n\\f\\r ]"],
  ["[\\s\\d]", "[\\t\\n\\f\\r \\d]"],
  ["[^\\S]", "[^\\S\\x0B]"],
  ["\\bword\\B", "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))word(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))"],
  ["(?P<year>\\d{4})-(?<m>\\d\\d)", "(?<year>\\d{4})-(?<m>\\d\\d)"],
  ["(?P<a_b>x)(?:y)(z)", "(x)(?:y)(z)"],
  ["a{,3}b{2}c{2,}d{", "a\\{,3}b{2}c{2,}d\\{"],
  ["[]a\\[]", "[\\]a\\[]"],
  ["[a&&]", "[a\\&\\&]"],
  ["[[:alpha:][:^digit:]_-]", "[\\p{Alpha}\\D_-]"],
  ["\\pL\\p{Greek}\\P{^Lu}[\\p{Latin}x]", "\\p{L}\\p{IsGreek}\\p{Lu}[\\p{IsLatin}x]"],
  ["\\v\\a\\x41\\x{1F600}\\101", "\\x0B\\x07\\x{41}\\x{1F600}\\x{41}"],
  ["\\Qa.b\\E.", "a\\.b[^\\n]"],
  ["\\.\\$\\/", "\\.\\$\\/"],
  ["", ""],
];

it.each(patterns)("writes %j for Java as %j", (re2, java) => {
  expect(javaPattern(re2).source).toBe(java);
});

it("knows the numbers of named groups", () => {
  expect([...javaPattern("(a)(?P<b_c>x(?<d>y))(?:z)(?<e>w)").groups]).toEqual([["b_c", 2], ["d", 3], ["e", 4]]);
});

it("has only patterns in its examples that are RE2's", () => {
  for (const [re2] of patterns) if (re2 !== "[a&&]") RE2JS.compile(re2);
});
