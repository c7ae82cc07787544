import { expect, it } from "vitest";
import type { JobDefinition } from "../../../runtime/query/definition.ts";
import { operatorsOf } from "../../../runtime/query/operators-of.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import { ShardedJob, type KeyedEvent, type Results } from "../../support/sharded-job.ts";
import { userJob } from "../../support/user-job.ts";

const head = `
  schema Event { user: string, at: timestamp, v: long }
  source events: Event from kafka("memory:9092", subscribe: "events", startingOffsets: "earliest", format: "json", partitionedBy: "user")
  source others: Event from kafka("memory:9092", subscribe: "others", startingOffsets: "earliest", format: "json", partitionedBy: "user")
  stream timed = events |> watermark at delay 10 minutes late drop
  stream later = others |> watermark at delay 10 minutes late drop
`;

const modules = {
  "./own.ts": `
    import type { GroupState, ListState, Timers, ValueState } from "sluice/runtime";
    interface Event { readonly at: Date; readonly v: bigint }
    export function totals(rows: readonly { v: bigint }[], previous: { total: bigint } | undefined): { total: bigint } | undefined {
      return { total: rows.reduce((sum, { v }) => sum + v, previous?.total ?? 0n) };
    }
    /** How many events came until none did for a while. */
    export function bursts(user: string, rows: readonly Event[], state: GroupState<{ count: number }>): { user: string; count: number } | undefined {
      const count = (state.get()?.count ?? 0) + rows.length;
      if (state.hasTimedOut) {
        state.remove();
        return { user, count };
      }
      state.update({ count });
      return undefined;
    }
    /** A quarter of an hour after each event, what has come until then. */
    export function* reports(user: string, rows: readonly Event[], { seen, all, timers }: { seen: ValueState<number>; all: ListState<bigint>; timers: Timers }): Iterable<{ user: string; at: Date; count: number; sum: bigint }> {
      for (const { at, v } of rows) {
        seen.set((seen.get() ?? 0) + 1);
        all.add(v);
        timers.atEventTime(new Date(at.getTime() + 900000));
      }
      if (timers.fired !== undefined) yield { user, at: timers.fired, count: seen.get() ?? 0, sum: [...all.get()].reduce((sum, v) => sum + v, 0n) };
    }
  `,
};

/** A query of every kind that keeps state. */
const sinks: Readonly<Record<string, string>> = {
  copied: "events |> where v > 2 into discard()",
  running: "events |> aggregate count() as n, sum(v) as total, max(v) as most group by user into discard() mode update",
  tumbled: "timed |> aggregate count() as n group by user, tumbling(at, 10 minutes) into discard()",
  slid: "timed |> aggregate count() as n, sum(v) as total group by user, sliding(at, 20 minutes, every 5 minutes) into discard()",
  sessions: "timed |> aggregate count() as n group by user, session(at, gap 15 minutes) into discard()",
  once: "timed |> dedup by user, v into discard()",
  within: "timed |> dedup by user, v within 15 minutes into discard()",
  best: "events |> top 2 by v desc, at per user into discard() mode update",
  counted: "events |> aggregate count() as n group by user, v |> aggregate count() as kinds, max(n) as most group by user into discard() mode update",
  bestOfCounts: "events |> aggregate count() as n group by user, v |> top 2 by n desc, v per user into discard() mode update",
  joined: "timed as a |> join left later as b on a.user = b.user and b.at between a.at and a.at + 15 minutes |> select a.user as user, a.v as v, b.v as w into discard()",
  changing: "timed as a |> join left later as b on a.user = b.user and b.at between a.at and a.at + 15 minutes |> select a.user as user, a.v as v, a.at as at, b.v as w into discard() mode update",
  newest: "timed as a |> join left latest (events |> top 1 by at desc, v per user) as b on a.user = b.user |> select a.user as user, a.at as at, b.v as w into discard()",
  states: "events |> state totals by user into discard() mode update",
  reported: "timed |> state reports by user into discard()",
  bursts: "timed |> state bursts by user timeout 12 minutes into discard()",
};

function jobOf(...names: readonly string[]): JobDefinition {
  const chosen = (names.length === 0 ? Object.keys(sinks) : names).map((name) => `sink ${name} = ${sinks[name] ?? ""}`);
  const { job } = userJob(`import { bursts, reports, totals } from "./own.ts"\n${head}\n${chosen.join("\n")}`, modules);
  return job;
}

const minute = 60_000;
const start = Date.UTC(2024, 0, 1);

/** Events of eight users, a minute and a bit apart, in order; of two of them only towards the end of a part, so that shards come to different times. */
function events(from: number, count: number, shift = 0): readonly KeyedEvent[] {
  return Array.from({ length: count }, (_, at) => {
    const n = from + at;
    return { user: `user-${(n * 7 + shift) % (n % 60 < 40 ? 8 : 2)}`, at: new Date(start + n * 1.1 * minute + shift * 1000).toISOString(), v: (n * 5 + shift) % 11 };
  });
}

function addPart(job: ShardedJob, part: number): void {
  job.add("events", events(part * 60, 60));
  job.add("others", events(part * 60, 60, 3));
}

async function inOneProcess(parts: number, ...names: readonly string[]): Promise<Results> {
  const job = new ShardedJob(jobOf(...names), ["events", "others"]);
  for (let part = 0; part < parts; part++) {
    addPart(job, part);
    await job.run(1, part === parts - 1 ? "drain" : "available now");
  }
  return job.results;
}

/** Runs each part in its own number of shards. */
async function inShards(counts: readonly number[], ...names: readonly string[]): Promise<ShardedJob> {
  const job = new ShardedJob(jobOf(...names), ["events", "others"]);
  for (const [part, count] of counts.entries()) {
    const before = counts[part - 1];
    if (before !== undefined && before !== count) await job.reshard(before, count);
    addPart(job, part);
    await job.run(count, part === counts.length - 1 ? "drain" : "available now");
  }
  return job;
}

it("finds operators of every kind", () => {
  const job = jobOf();
  const ids = job.queries.flatMap((query) => operatorsOf(query, {}, createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 1 } })).map(({ descriptor }) => descriptor.operatorId));
  expect(ids.length).toBeGreaterThan(12);
});

for (const name of Object.keys(sinks)) {
  it(`goes on as one process would, whatever the number of shards: ${name}`, async () => {
    const expected = await inOneProcess(4, name);
    expect(expected[name]?.length).toBeGreaterThan(0);
    const sharded = await inShards([1, 3, 2, 1], name);
    expect(sharded.results).toEqual(expected);
  });
}

it("goes on as one process would after the way back: the old slices at their places, and their number in the file", async () => {
  const expected = await inOneProcess(3, "tumbled");
  const sharded = new ShardedJob(jobOf("tumbled"), ["events", "others"]);
  const { fs } = sharded.host;
  addPart(sharded, 0);
  await sharded.run(3);
  expect(await sharded.reshard(3, 2)).toMatchObject([{ setAside: "checkpoints/tumbled.before-reshard-1" }]);
  for (const name of ["shard-0-of-3", "shard-1-of-3", "shard-2-of-3"]) {
    fs.makeDirectory(`checkpoints/${name}`);
    fs.rename(`checkpoints/tumbled.before-reshard-1/${name}`, `checkpoints/${name}/tumbled`);
  }
  fs.put("checkpoints/tumbled.shards", '{"shards":3}\n');
  addPart(sharded, 1);
  await sharded.run(3);
  // The slices that the way back left behind are in nobody's way.
  await sharded.reshard(3, 2);
  addPart(sharded, 2);
  await sharded.run(2, "drain");
  expect(sharded.results).toEqual(expected);
});
