import { expect, it } from "vitest";
import { emitJob } from "../../../compiler/emit.ts";
import { runParts } from "../../facts/run-parts.ts";
import { compileText } from "../../support/load-job.ts";

const input = "table bids: { bidder: long?, price: int, at: string } from queue()\n";

function emitted(calls: string): string {
  const job = compileText(`${input}sink out = bids |> aggregate ${calls} into memory()`, { optimize: true });
  return emitJob(job, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
}

it("keeps the values of several distinct counts once, with the conditions that each has passed", () => {
  const text = emitted("count() as n, count(where price < 10) as cheap, count(distinct bidder) as bidders, count(distinct bidder where price < 10) as frugal, count(distinct bidder where price > 99) as rich");
  expect(text).toMatch(/lanes: \(\) => \(\{ n: count\(\), cheap: count\(\), bidders: distinctCounts\(3, "long"\) \}\)/);
  expect(text).toMatch(/const forCheap = price < 10;\s+outGroups\.lanes\.n\.add\(slot\);\s+if \(forCheap\) outGroups\.lanes\.cheap\.add\(slot\);/);
  expect(text).toContain("const biddersBits = 1 | (forCheap ? 2 : 0) | (price > 99 ? 4 : 0);");
  expect(text).toContain("if (bidder !== null) outGroups.lanes.bidders.add(slot, biddersBits, bidder);");
  expect(text).toContain("frugal: groups.lanes.bidders.get(slot, 1),");
});

it("keeps a distinct count that is alone as other distinct aggregates", () => {
  const text = emitted("count(distinct bidder) as bidders, count(distinct bidder) as again, count(distinct price) as prices, sum(distinct price where price < 3) as cheap");
  expect(text).not.toContain("distinctCounts");
  expect(text.match(/distinct\(count\(\)/g)).toHaveLength(2);
});

async function rowOf(calls: string): Promise<readonly string[] | string | undefined> {
  const rows = [[1, 5, "7"], [1, 500, "x"], [null, 5, "7"], [2, 500, "x"], [3, 50, "8"], [3, 5, "8"]] as const;
  const part = { sink: "out", text: `${input}sink out = bids |> aggregate ${calls} into memory()`, queues: { bids: rows.map(([bidder, price, at]) => JSON.stringify({ bidder, price, at })) } };
  const result = (await runParts([part])).get(part);
  return result?.kind === "ran" ? result.rows("out")[0] : result?.kind === "failed" ? result.error.message : result?.kind;
}

it("counts as each call would alone", async () => {
  expect(await rowOf("count(distinct bidder) as a, count(distinct bidder where price < 10) as b, count(distinct bidder where price > 99) as c, count(distinct bidder where price < 10) as d")).toEqual(["3", "2", "2", "2"]);
  expect(await rowOf('count(distinct at) as a, count(distinct at where bidder = 1) as b, count(distinct at where bidder is null) as c')).toEqual(["3", "2", "1"]);
});

it("evaluates a value for the rows of its counts only", async () => {
  expect(await rowOf('count(distinct cast(at as int) where at != "x") as a, count(distinct cast(at as int) where price = 5) as b')).toEqual(["2", "2"]);
  expect(await rowOf("count(distinct cast(at as int)) as a, count(distinct cast(at as int) where price = 5) as b")).toMatch(/CAST_INVALID_INPUT/);
});

it("takes more counts than a number has bits in several sets", async () => {
  const calls = Array.from({ length: 40 }, (_, at) => `count(distinct bidder where price > ${at * 20}) as c${at}`).join(", ");
  expect(await rowOf(calls)).toEqual(Array.from({ length: 40 }, (_, at) => String(at === 0 ? 3 : at < 3 ? 3 : at < 25 ? 2 : 0)));
});
