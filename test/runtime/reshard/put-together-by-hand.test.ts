import { expect, it } from "vitest";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { mergePositions } from "../../../runtime/reshard/merge-positions.ts";
import { NewSlice } from "../../../runtime/reshard/new-slice.ts";
import { readOldSlice, type OldSlice } from "../../../runtime/reshard/old-slice.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { ShardedJob } from "../../support/sharded-job.ts";

const job = loadJob(compileText('source events: { user: string } from kafka("memory:9092", subscribe: "events", startingOffsets: "earliest", format: "json", partitionedBy: "user")\nsink out = events |> aggregate count() as n group by user into discard() mode update', { optimize: true }));
const [definition] = job.queries;
if (definition === undefined) throw new Error("no query");

async function slices(): Promise<{ readonly sharded: ShardedJob; readonly read: readonly OldSlice[] }> {
  const sharded = new ShardedJob(job, ["events"]);
  sharded.add("events", Array.from({ length: 20 }, (_, at) => ({ user: `user-${at}` })));
  await sharded.run(2);
  const identity = { queryName: "out", sources: [{ name: "events", connector: "kafka" }], statePartitions: job.settings.statePartitions };
  return { sharded, read: [0, 1].map((index) => readOldSlice(sharded.host, `checkpoints/shard-${index}-of-2/out`, { ...identity, shard: { index, count: 2 } })) };
}

const refused = (code: string): Error => expect.objectContaining({ code }) as Error;

it("slices with the partitions of another shard, or with those of one twice, are not put together", async () => {
  const { sharded: { host }, read } = await slices();
  const merge = (some: readonly OldSlice[]): unknown => mergePositions(host, definition, "checkpoints/out", some, () => {});
  expect(merge(read)).toMatchObject({ batchId: 0 });
  const [first, second] = read;
  if (first === undefined || second === undefined) throw new Error("no slices");
  expect(() => merge([first, first])).toThrow(refused("R7814"));
  expect(() => merge([{ ...first, shard: second.shard }, { ...second, shard: first.shard }])).toThrow(refused("R7814"));
});

it("a new slice that has not the entries that were written into it is not put in place", async () => {
  const { sharded: { host }, read } = await slices();
  const position = mergePositions(host, definition, "checkpoints/out", read, () => {});
  const slice = new NewSlice("checkpoints/out.reshard/whole", undefined, { host, old: read, position, settings: {}, partitions: {}, warn: () => {} });
  slice.verify();
  slice.writeState({ descriptor: { operatorId: "out/aggregate" } } as KeptOperator, { payloads: new Map(), entries: 1 });
  expect(() => slice.verify()).toThrow(refused("R7815"));
});
