import { expect, it } from "vitest";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { faultPoints } from "../../../runtime/host/fault-points.ts";
import { slicesInUse } from "../../../runtime/shards/slices-in-use.ts";
import { ShardedJob, type KeyedEvent } from "../../support/sharded-job.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const text = `
  source events: { user: string, at: timestamp, v: long } from kafka("memory:9092", subscribe: "events", startingOffsets: "earliest", format: "json", partitionedBy: "user")
  sink slid = events |> watermark at delay 10 minutes late drop |> aggregate count() as n group by user, sliding(at, 20 minutes, every 5 minutes) into discard()
`;
const job = loadJob(compileText(text, { optimize: true }));

function events(from: number, count: number): readonly KeyedEvent[] {
  return Array.from({ length: count }, (_, at) => ({ user: `user-${((from + at) * 7) % (at < 40 ? 8 : 2)}`, at: new Date(Date.UTC(2024, 0, 1) + (from + at) * 70_000).toISOString(), v: at }));
}

/** A job whose three shards have read the first part. */
async function begun(): Promise<ShardedJob> {
  const sharded = new ShardedJob(job, ["events"]);
  sharded.add("events", events(0, 60));
  await sharded.run(3);
  return sharded;
}

async function ended(sharded: ShardedJob, count: number): Promise<readonly string[]> {
  sharded.add("events", events(60, 60));
  await sharded.run(count, "drain");
  return sharded.results["slid"] ?? [];
}

const straight = await begun();
const before = straight.host.reached.length;
await straight.reshard(3, 2);
const reached = straight.host.reached.slice(before);
const expected = await ended(straight, 2);

it("reaches every point of its own", () => {
  expect(faultPoints.filter((point) => /^(?:reshard|shards)\./.test(point) && !straight.host.reached.includes(point))).toEqual([]);
});

it("leaves the old slices, or has made the new ones, wherever it dies", async () => {
  const counts = new Map<string, number>();
  const places = reached.map((point) => {
    const occurrence = (counts.get(point) ?? 0) + 1;
    counts.set(point, occurrence);
    return { point, occurrence };
  });
  // The last time that a point is reached, and the first of those at which the old slices are levelled.
  const tried = places.filter(({ point, occurrence }) => occurrence === counts.get(point) || (occurrence === 1 && /^(?:offsets|commits|sinks|reshard)\./.test(point)));
  expect(tried.length).toBeGreaterThan(40);
  for (const [number, { point, occurrence }] of tried.entries()) {
    const sharded = await begun();
    sharded.host.crashAt(point, occurrence);
    await expect(sharded.reshard(3, 2), `${point} ${occurrence}`).rejects.toThrow(SimulatedCrash);
    sharded.host = sharded.host.afterCrash(number % 3 === 0 ? "kill" : "power loss");
    const inUse = slicesInUse(sharded.host, "checkpoints/slid");
    expect([2, 3]).toContain(inUse);
    if (number % 2 === 0 && inUse === 3) {
      // The shards go on in the old slices: a batch that levels them may be there, or have been cut off.
      expect(await ended(sharded, 3), `${point} ${occurrence}`).toEqual(expected);
      continue;
    }
    if (inUse === 3) await sharded.run(3);
    await sharded.reshard(3, 2);
    expect(await ended(sharded, 2), `${point} ${occurrence}`).toEqual(expected);
    expect(sharded.host.fs.list("checkpoints")?.filter((name) => name.startsWith("shard-")).sort()).toEqual(["shard-0-of-2", "shard-1-of-2"]);
  }
});
