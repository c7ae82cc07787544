import { expect, it } from "vitest";
import type { Outcome } from "../support/differential-case.ts";
import { differencesOf } from "./compare-case.ts";
import type { RandomCase } from "./random-case.ts";

const equal: Outcome = { kind: "equal", hasRows: true };
const failure = (difference: string): Outcome => ({ kind: "differs", failed: true, batches: [], difference });
const two: RandomCase = { seed: 1, options: "", inputs: [], streaming: true, files: [], pipelines: ["a", "b"].map((name) => ({ name, start: "", steps: [], mode: "append" })) };

function compare(together: Outcome | undefined, alone: Outcome | undefined): Promise<readonly (readonly [number, string])[]> {
  return differencesOf(two, ({ pipelines }) => Promise.resolve(new Map(pipelines.flatMap(({ name }) => {
    const outcome = pipelines.length > 1 ? together : name === "a" ? alone : equal;
    return outcome === undefined ? [] : [[name, outcome] as const];
  })))).then((found) => found.map(({ smallest, text }) => [smallest.pipelines.length, text] as const));
}

it("what fails together and nothing alone is a difference of all", async () => {
  expect(await compare(failure("together"), equal)).toEqual([[2, "together"]]);
});

it("what fails alone is the difference", async () => {
  expect(await compare(failure("together"), failure("alone"))).toEqual([[1, "alone"]]);
});

it("a sink without an outcome is a difference", async () => {
  expect(await compare(undefined, undefined)).toEqual([[1, "no outcome"]]);
  expect(await compare(equal, equal)).toEqual([]);
});

it("rows that Spark leaves out of a semi join of streams are told by a warning; any other difference of one is not", async () => {
  const semi = { head: "join semi b on ", items: ["a.k = b.k"], tail: "" };
  const one = (steps: RandomCase["pipelines"][number]["steps"], streaming: boolean): RandomCase => ({ ...two, streaming, pipelines: [{ name: "a", start: "", steps, mode: "append" }] });
  const differs = (node: readonly string[], spark: readonly string[]): Outcome => ({ kind: "differs", failed: false, difference: "rows", batches: [{ batch: 1, node, spark }] });
  const toldBy = async (some: RandomCase, outcome: Outcome): Promise<string | undefined> => (await differencesOf(some, () => Promise.resolve(new Map([["a", outcome]]))))[0]?.toldBy;
  expect(await toldBy(one([semi], true), differs(["id=1"], []))).toBe("W4112");
  expect(await toldBy(one([semi], true), differs(["id=1"], ["id=2"]))).toBeUndefined();
  expect(await toldBy(one([semi], true), failure("no start"))).toBeUndefined();
  expect(await toldBy(one([semi], false), differs(["id=1"], []))).toBeUndefined();
  expect(await toldBy(one([], true), differs(["id=1"], []))).toBeUndefined();
});
