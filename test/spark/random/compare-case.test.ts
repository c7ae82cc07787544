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
