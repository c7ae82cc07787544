import { expect, it } from "vitest";
import { outcomeNotRun, unfitForGolden } from "./golden-outcome.ts";

const golden = ["one out: equal", "two out: equal, no rows", "three out: refused E4113", "four out: differs", "five out: not run yet", "maths curves: equal"];

it("keeps of a golden only what was equal, for a query that does not run now", () => {
  expect(["one out", "two out", "three out", "four out", "five out", "six out"].map((name) => outcomeNotRun(name, golden))).toEqual(["equal", "equal, no rows", "not run yet", "not run yet", "not run yet", "not run yet"]);
  expect(outcomeNotRun("maths curves", golden)).toMatch(/^differs: sin/);
});

it("takes into a golden neither what differs without a reason nor what did not run", () => {
  expect(unfitForGolden(new Map([["a", "equal"], ["b", "differs"], ["c", "differs: because"], ["d", "not run yet"], ["e", "refused E4101"], ["f", "not compared: a commit is lost"]]))).toEqual(["b: differs", "d: not run yet"]);
});
