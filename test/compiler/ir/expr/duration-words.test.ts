import { expect, test } from "vitest";
import { durationWords } from "../../../../compiler/ir/expr/duration-words.ts";

test("a duration reads as the language writes it", () => {
  expect([0, 1, 250_000, 1_000_000, 90_000_000, 5_400_000_000, 86_400_000_000 * 2 + 1].map(durationWords)).toEqual([
    "0 seconds", "1 microsecond", "250 ms", "1 second", "1 minute 30 seconds", "1 hour 30 minutes", "2 days 1 microsecond",
  ]);
  expect(durationWords(-60_000_000)).toBe("-(1 minute)");
});
