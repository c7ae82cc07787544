import { expect, test } from "vitest";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { userJob } from "../../support/user-job.ts";

const head = 'import { write } from "./write.ts"\nschema R { id: long?, at: timestamp }\nsource rows: R from queue()\n';

const module = `
interface Row { readonly id: bigint | null; readonly at: Date }
export async function write(rows: readonly Row[], batchId: number, kinds: readonly string[]): Promise<void> {
  await later();
  calls.push([batchId, rows.map(({ id, at }) => [id, at.toISOString()]), kinds]);
  if (fails(batchId)) throw new Error("no room");
}
declare const calls: unknown[];
declare function fails(batchId: number): boolean;
declare function later(): Promise<void>;
`;

function calling(text: string, source: string, fails: (batch: number) => boolean = () => false): { harness: ReturnType<typeof startHarness>; calls: unknown[] } {
  const calls: unknown[] = [];
  const { job } = userJob(text, { "./write.ts": source }, { calls, fails, later: () => new Promise<void>((resolve) => setImmediate(resolve)) });
  return { harness: startHarness(job), calls };
}

test("the function gets the rows of a batch as it declares them, the batch's id and the kinds", async () => {
  const { harness, calls } = calling(`${head}sink out = rows into foreachBatch(write)`, module);
  await harness.step({ rows: [{ id: 1, at: "2024-01-01T00:00:01Z" }, { id: null, at: "2024-01-01T00:00:02Z" }] });
  await harness.step({ rows: [{ id: 3, at: "2024-01-01T00:00:03Z" }] });
  expect(calls).toEqual([
    [0, [[1n, "2024-01-01T00:00:01.000Z"], [null, "2024-01-01T00:00:02.000Z"]], ["+I", "+I"]],
    [1, [[3n, "2024-01-01T00:00:03.000Z"]], ["+I"]],
  ]);
});

test("a batch whose function failed ends the query, and is run again with the same id and rows", async () => {
  let fails = true;
  const { harness, calls } = calling(`${head}sink out = rows into foreachBatch(write)`, module, (batch) => fails && batch === 1);
  await harness.step({ rows: [{ id: 1, at: "2024-01-01T00:00:01Z" }] });
  await harness.step({ rows: [{ id: 2, at: "2024-01-01T00:00:02Z" }] });
  expect(harness.failure).toMatchObject({ code: "R7651" });
  expect(harness.failure?.message).toContain("query out, batch 1");
  fails = false;
  harness.add("rows", [{ id: 3, at: "2024-01-01T00:00:03Z" }]);
  await harness.restart();
  expect(calls[2]).toEqual(calls[1]);
  expect(calls.map((call) => (Array.isArray(call) ? (call[0] as unknown) : undefined))).toEqual([0, 1, 1, 2]);
});

const having = 'import { write } from "./write.ts"\nschema R { word: string, n: int }\nsource rows: R from queue()\nsink out = rows |> aggregate sum(n) as n group by word |> where n > 0 into foreachBatch(write)\n  mode update';
const told = "export function write(rows: readonly { word: string; n: bigint | null }[], batch: number, kinds: readonly string[]): void { calls.push(rows.map(({ word, n }, at) => [kinds[at], word, n])); }\ndeclare const calls: unknown[];";
const untold = "export function write(rows: readonly { word: string; n: bigint | null }[]): void { calls.push(rows.map(({ word, n }) => [word, n])); }\ndeclare const calls: unknown[];";

test("rows that leave come to a function that asks for the kinds, as they were; to no other", async () => {
  const batches = [[{ word: "a", n: 1 }, { word: "b", n: 1 }], [{ word: "a", n: -1 }, { word: "b", n: 1 }]];
  const asks = calling(having, told);
  for (const rows of batches) await asks.harness.step({ rows });
  expect(asks.harness.failure).toBeUndefined();
  expect(asks.calls).toEqual([[["+I", "a", 1n], ["+I", "b", 1n]], [["-D", "a", 1n], ["+U", "b", 2n]]]);
  const silent = calling(having, untold);
  for (const rows of batches) await silent.harness.step({ rows });
  expect(silent.calls).toEqual([[["a", 1n], ["b", 1n]], [["b", 2n]]]);
});

test("an interruption ends the wait for a function that never resolves, and the batch is run again", async () => {
  const calls: unknown[] = [];
  let hangs = true;
  const source = "export async function write(rows: readonly { id: bigint | null }[], batch: number): Promise<void> { calls.push([batch, rows.length]); await later(); }\ndeclare const calls: unknown[];\ndeclare function later(): Promise<void>;";
  const { job } = userJob(`${head}sink out = rows into foreachBatch(write)`, { "./write.ts": source }, { calls, later: () => (hangs ? new Promise(() => {}) : Promise.resolve()) });
  const harness = startHarness(job);
  harness.add("rows", [{ id: 1, at: "2024-01-01T00:00:01Z" }]);
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
  await harness.query.interrupt();
  expect(harness.failure).toMatchObject({ code: "R7605" });
  hangs = false;
  await harness.restart();
  expect(calls).toEqual([[0, 1], [0, 1]]);
  await harness.stop();
});

test("without a checkpoint a function that asks for the batch id is told that ids begin at 0 in each run", async () => {
  const warnings = async (parameters: string): Promise<readonly string[]> => {
    const { job } = userJob(`${head}sink out = rows into foreachBatch(write)`, { "./write.ts": `export function write(${parameters}): void {}` });
    const harness = startHarness(job, { checkpoint: null });
    await harness.settle();
    await harness.stop();
    return harness.warnings;
  };
  expect(await warnings("rows: readonly { id: bigint | null }[]")).toEqual([]);
  expect((await warnings("rows: readonly { id: bigint | null }[], batch: number")).join()).toContain("the batch ids that its writer is given begin at 0 in each run");
});
