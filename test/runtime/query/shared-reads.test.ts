import { expect, it } from "vitest";
import { Harness, type RecordedBatch } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const rowsOf = (batches: readonly RecordedBatch[]): readonly (readonly string[])[] => batches.map(({ rows }) => rows.map(({ json }) => json));

it("reads a stream that is used twice in the same range, also where a crash cut the batch off", async () => {
  const job = loadJob(compileText('source a: { n: int } from queue() sink out = a |> union (a |> select n * 10 as n) into memory()', { optimize: true }));
  const harness = new Harness(job, { query: "out" });
  harness.start("declared");
  harness.add("a", [{ n: 1 }]);
  const [first] = await harness.settle();
  expect(first).toMatchObject({ inputRows: 2, rows: [{ json: '{"n":1}' }, { json: '{"n":10}' }] });
  harness.crashAt("offsets.synced");
  await harness.step({ a: [{ n: 2 }] });
  const again = await harness.restart();
  expect(rowsOf(again)).toEqual([['{"n":2}', '{"n":20}']]);
  harness.add("a", [{ n: 3 }]);
  expect(rowsOf(await harness.settle())).toEqual([['{"n":3}', '{"n":30}']]);
  await harness.stop();
});

it("reads all tables again when one of them changed, for what is made of one may stand on another", async () => {
  const text = `
source a: { k: string } from queue()
table people: { k: string, town: string } from queue()
table towns: { town: string, size: int } from queue()
sink out = a |> join (people |> join towns using (town)) as p on a.k = p.k |> select a.k, size into memory()`;
  const harness = new Harness(loadJob(compileText(text, { optimize: true })), { query: "out" });
  harness.add("people", [{ k: "x", town: "t" }]);
  harness.add("towns", [{ town: "t", size: 1 }]);
  harness.start("declared");
  harness.add("a", [{ k: "x" }]);
  expect(rowsOf(await harness.settle())).toEqual([['{"k":"x","size":1}']]);
  harness.add("towns", [{ town: "t", size: 2 }]);
  harness.add("a", [{ k: "x" }]);
  expect(rowsOf(await harness.settle())).toEqual([['{"k":"x","size":1}', '{"k":"x","size":2}']]);
  await harness.stop();
});
