import { expect, it } from "vitest";
import { encodeRows, SimulatedCrash, startHarness } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText("source a: { k: string, v: int } from queue() sink sums = a |> aggregate sum(v) as s group by k into memory() mode update", { optimize: true }),
);
const rows = (...values: readonly (readonly [string, number])[]): readonly string[] => encodeRows(["k", "v"], values);

it("drives a query batch by batch", async () => {
  const harness = startHarness(job);
  harness.add("a", rows(["x", 1], ["y", 2]));
  expect((await harness.settle()).map(({ id, inputRows, watermark, rows: out }) => ({ id, inputRows, watermark, out: out.map(({ kind, json }) => kind + json) }))).toEqual([
    { id: 0, inputRows: 2, watermark: null, out: ['+I{"k":"x","s":1}', '+I{"k":"y","s":2}'] },
  ]);
  const [second] = await harness.step({ a: rows(["x", 5]) });
  expect(second?.rows).toEqual([{ kind: "+U", row: { k: "x", s: 6 }, json: '{"k":"x","s":6}' }]);
  expect(await harness.settle()).toEqual([]);
  expect((await harness.sql("select k, s from sums order by k")).rows).toEqual([["x", 6], ["y", 2]]);
  await harness.stop();
  expect(harness.isActive).toBe(false);
});

it("goes on with the checkpoint after a restart", async () => {
  const harness = startHarness(job);
  await harness.step({ a: rows(["x", 1]) });
  await harness.restart();
  const [batch] = await harness.step({ a: rows(["x", 1]) });
  expect(batch).toMatchObject({ id: 1, rows: [{ kind: "+U", json: '{"k":"x","s":2}' }] });
});

it("crashes where it is told to, and runs the batch again with the same rows", async () => {
  const harness = startHarness(job);
  await harness.step({ a: rows(["x", 1]) });
  harness.crashAt("sinks.prepared");
  const [cut] = await harness.step({ a: rows(["x", 2]) });
  expect(cut?.failed).toBeInstanceOf(SimulatedCrash);
  expect(harness.failure).toBeInstanceOf(SimulatedCrash);
  const [again] = await harness.restart();
  expect(again).toMatchObject({ id: 1, attempt: 2, inputRows: 1, failed: undefined, rows: [{ json: '{"k":"x","s":3}' }] });
});

it("takes a crash during the start for the query's failure", async () => {
  const harness = startHarness(job);
  await harness.step({ a: rows(["x", 1]) });
  await harness.stop();
  harness.crashAt("incarnation.synced");
  await harness.restart();
  expect(harness.failure).toBeInstanceOf(SimulatedCrash);
  await harness.restart();
  expect(harness.isActive).toBe(true);
});

it("loses commits, so that their batch is run again", async () => {
  const harness = startHarness(job);
  await harness.step({ a: rows(["x", 1]) });
  await harness.stop();
  harness.loseCommits(1);
  harness.start();
  expect(await harness.settle()).toMatchObject([{ id: 0, attempt: 2, rows: [{ json: '{"k":"x","s":1}' }] }]);
});

it("gives the batch that failed with the error", async () => {
  const harness = startHarness(job);
  const batches = await harness.step({ a: ['{"k":"x","v":"many"}'] });
  expect(batches).toMatchObject([{ id: 0, inputRows: undefined, rows: [], failed: { code: "R7212" } }]);
});
