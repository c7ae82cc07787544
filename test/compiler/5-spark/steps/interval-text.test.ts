import { expect, it } from "vitest";
import { intervalText } from "../../../../compiler/5-spark/steps/interval-text.ts";

it("a span is written in the largest unit that gives a whole number", () => {
  expect([0, 1, 1500, 90_000_000, 60_000_000, 3_600_000_000, 2 * 86_400_000_000, -300_000_000].map(intervalText)).toEqual([
    "0 seconds", "1 microsecond", "1500 microseconds", "90 seconds", "1 minute", "1 hour", "2 days", "-5 minutes",
  ]);
});
