import fc from "fast-check";
import { expect, it } from "vitest";
import { likePattern } from "../../../runtime/functions/like-pattern.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "%", "_", "😀"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "😀", "\n"), maxLength: 12 });

it("matches what the regular expression that Spark makes of a pattern matches", () => {
  fc.assert(
    fc.property(letters, text, (pattern, value) => {
      const source = [...pattern].map((character) => (character === "%" ? ".*" : character === "_" ? "." : character)).join("");
      expect(likePattern(pattern).matches(value)).toBe(new RegExp(`^(?:${source})$`, "su").test(value));
    }),
    { numRuns: 3000 },
  );
});

it("takes an escaped wildcard for itself", () => {
  expect(likePattern("a\\%\\_\\\\b").matches("a%_\\b")).toBe(true);
  expect(likePattern("a/%%", "/").matches("a%bc")).toBe(true);
  expect(() => likePattern("a\\b")).toThrow("neither");
  expect(() => likePattern("a\\")).toThrow("ends in its escape character");
});

it("is not slowed down by many wildcards", () => {
  const value = "a".repeat(300_000);
  expect(likePattern("%a%a%a%a%b").matches(value)).toBe(false);
});
