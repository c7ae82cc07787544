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

it("lets the nulls that an aggregate asks for reach it, and no others", async () => {
  expect(rowOf(await aggregate("first(a) as f, last(a) as l, last(a, true) as k, max_by(a, b) as m, min_by(b, a) as s, collect_list(a) as c"))).toEqual(['"1"', "null", '"2"', '"1"', '"x"', '["1","2"]']);
});

it("counts the rows for which a condition is true", async () => {
  expect(rowOf(await aggregate('count_if(a != "1") as n, count_if(b != "3" where a is null) as m, count_if(distinct b != "x") as d'))).toEqual(["1", "1", "1"]);
});

it("feeds each value once to a distinct aggregate, whatever it is", async () => {
  expect(rowOf(await aggregate('count(distinct length(b)) as n, string_agg(distinct left(b, 0)) as s, count(distinct a, length(b)) as p, sum(distinct length(b) where a is not null) as w'))).toEqual(["1", '""', "2", "1"]);
});

it("takes settings that are constants of the right values only", async () => {
  const message = async (call: string): Promise<string | undefined> => {
    const result = await aggregate(`${call} as r`);
    return result?.kind === "refused" ? result.diagnostics.map(({ code, message: text }) => `${code} ${text}`).join("; ") : result?.kind;
  };
  expect(await message("percentile(length(b), 1.5)")).toBe("E2103 a percentage lies between 0.0 and 1.0");
  expect(await message("percentile_approx(length(b), [0.5, 2], 100)")).toBe("E2103 a percentage lies between 0.0 and 1.0");
  expect(await message("percentile_approx(length(b), 0.5, 0)")).toBe("E2103 the accuracy is a whole number from 1 to 2147483647");
  expect(await message("first(a, b = a)")).toBe("E2103 argument 2 of `first` is not a constant");
  expect(await message("approx_count_distinct(a, 0.5)")).toBe("E2103 the relative standard deviation is a number from 0.0022 to 0.39");
  expect(await message("string_agg(a, b)")).toBe("E2103 argument 2 of `string_agg` is not a constant");
});
