import { expect, it } from "vitest";
import { OperatorIds } from "../../../compiler/4-plan/operator-ids.ts";

it("numbers what a query has more than once, past the numbers that are taken", () => {
  const ids = new OperatorIds();
  // A stream with two dedups, used twice.
  expect(["u/dedup", "u/dedup-2", "u/dedup", "u/dedup-2"].map((id) => ids.unique(id))).toEqual(["u/dedup", "u/dedup-2", "u/dedup-3", "u/dedup-2-2"]);
});
