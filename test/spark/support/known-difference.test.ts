import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Outcome } from "./differential-case.ts";
import { type KnownDifference, unlikeKnown } from "./known-difference.ts";
import { knownDifferences } from "./known-differences.ts";

const all: readonly KnownDifference[] = [
  { kind: "rows", reason: "because", node: ["0: n=1"], spark: [] },
  { kind: "digits", reason: "because" },
  { kind: "order", reason: "because", column: "items" },
  { kind: "choice", reason: "because" },
];

it.each(all)("a target that fails, and a query that is refused, is no known difference in $kind", (known) => {
  expect(unlikeKnown(known, { kind: "differs", failed: true, batches: [], difference: "Spark: NameError" })).toBe("Spark: NameError");
  expect(unlikeKnown(known, { kind: "refused", codes: ["E4101"] })).toContain("E4101");
});

it.each([
  ["rows", differs(["n=1"], []), true],
  ["rows", differs(["n=2"], []), false],
  ["rows", differs(["n=1"], ["n=3"]), false],
  ["digits", differs(["id=1, x=0.1, y=1e-5"], ["id=1, x=0.1000001, y=1e-5"]), false],
  ["digits", differs(["id=1, x=0.5984721441039565"], ["id=1, x=0.5984721441039564"]), true],
  ["digits", differs(["id=1, x=0.5"], ["id=2, x=0.5"]), false],
  ["digits", differs(["id=1, x=0.5"], []), false],
  ["order", differs(["items=[1, 2], n=1"], ["items=[2, 1], n=1"]), true],
  ["order", differs(["items=[1, 2], n=1"], ["items=[2, 1], n=2"]), false],
  ["order", differs(["other=[1, 2], items=[]"], ["other=[2, 1], items=[]"]), false],
  ["choice", differs(["n=1"], ["n=2"]), true],
  ["choice", differs(["n=1"], []), false],
] as const)("holds a difference in %s against what is known", (kind, outcome, isKnown) => {
  const known = all.find((each) => each.kind === kind);
  expect(known !== undefined && unlikeKnown(known, outcome) === undefined).toBe(isKnown);
});

it("is over where both are equal, unless it hangs on an order", () => {
  expect(all.filter((known) => unlikeKnown(known, { kind: "equal", hasRows: true }) === undefined).map(({ kind }) => kind)).toEqual(["order", "choice"]);
});

it("every known difference stands in a golden", () => {
  const folder = new URL("../coverage/", import.meta.url);
  const lines = new Set(readdirSync(folder).flatMap((name) => readFileSync(new URL(name, folder), "utf8").split("\n")));
  expect([...knownDifferences].filter(([name, { reason }]) => !lines.has(`${name}: differs: ${reason}`))).toEqual([]);
});

function differs(node: readonly string[], spark: readonly string[]): Outcome {
  return { kind: "differs", failed: false, difference: "", batches: [{ batch: 0, node, spark }] };
}
