import { expect, it } from "vitest";
import { type PartResult, runParts } from "../../facts/run-parts.ts";

const lines = ['{"a":"1","b":"x"}', '{"a":"2","b":"3"}', '{"a":null,"b":"4"}'];

async function aggregate(calls: string): Promise<PartResult | undefined> {
  const part = { sink: "result", text: `table t: { a: string?, b: string } from queue()\nsink result = t |> aggregate ${calls} into memory()`, queues: { t: lines } };
  return (await runParts([part])).get(part);
}

function rowOf(result: PartResult | undefined): readonly string[] | string | undefined {
  return result?.kind === "ran" ? result.rows("result")[0] : result?.kind === "failed" ? result.error.message : result?.kind;
}

it("evaluates an argument only for the rows that `where` lets through", async () => {
  expect(rowOf(await aggregate('sum(cast(b as int) where b != "x") as s, sum(cast(a as int) where a != "1") as t, count(cast(b as int) where b != "x") as n'))).toEqual(["7", "2", "2"]);
});

it("evaluates what `count` only tests, so that it may fail", async () => {
  expect(rowOf(await aggregate("count(cast(b as int)) as n"))).toMatch(/CAST_INVALID_INPUT/);
  expect(rowOf(await aggregate("count(1 / 0) as n"))).toMatch(/DIVIDE_BY_ZERO/);
});

it("adds no null", async () => {
  expect(rowOf(await aggregate("sum(cast(null as int)) as s, max(null) as m, count(null) as n, count() as rows"))).toEqual(["null", "null", "0", "3"]);
});

it("writes records that look alike as JSON each by its own type", async () => {
  expect(rowOf(await aggregate('max({ v: 1.25 }) as a, max({ v: cast(b as decimal(3,1)) } where b != "x") as b, max({ v: 0.5e0 }) as c'))).toEqual(['{"v":1.25}', '{"v":4.0}', '{"v":0.5}']);
});
