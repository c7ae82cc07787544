import { expect, it } from "vitest";
import { partitionOfKey } from "../../../runtime/connectors/kafka/client/records/murmur2.ts";
import { SluiceRuntimeError } from "../../../runtime/errors/runtime-error.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { ShardedJob, type KeyedEvent } from "../../support/sharded-job.ts";

const source = (partitioned = ', partitionedBy: "user"'): string =>
  `source events: { user: string, at: timestamp, v: long } from kafka("memory:9092", subscribe: "events", startingOffsets: "earliest", format: "json"${partitioned})`;
const counting = "sink out = events |> aggregate count() as n group by user into discard() mode update";

const load = (text: string): ReturnType<typeof loadJob> => loadJob(compileText(text, { optimize: true }));

function events(count = 40): readonly KeyedEvent[] {
  return Array.from({ length: count }, (_, at) => ({ user: `user-${(at * 7) % 8}`, at: new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString(), v: at }));
}

async function begun(count: number, text = `${source()}\n${counting}`): Promise<ShardedJob> {
  const sharded = new ShardedJob(load(text), ["events"]);
  sharded.add("events", events());
  if (count > 0) await sharded.run(count);
  return sharded;
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(() => undefined, (failure: unknown) => failure);
  return error instanceof SluiceRuntimeError ? `${error.code} ${error.what}` : String(error);
}

it("a slice that is missing, and a number of shards that is not that of the checkpoint", async () => {
  const sharded = await begun(3);
  expect(await refusal(sharded.reshard(2, 4))).toBe("R7805 the checkpoint of `out` stands in 3 shards, not in 2");
  sharded.host.fs.removeTree("checkpoints/shard-1-of-3");
  expect(await refusal(sharded.reshard(3, 2))).toBe("R7807 the slice of shard 1/3 of the query `out` is missing");
  expect(await refusal((await begun(0)).reshard(3, 2))).toMatch(/^R7807 /);
});

it("a start in another number of shards, before and after", async () => {
  const sharded = await begun(3);
  expect(await refusal(sharded.run(1))).toBe("R7805 the checkpoint is that of 3 shards, and is opened by one process");
  await sharded.reshard(3, 2);
  expect(await refusal(sharded.run(3))).toMatch(/^R7805 /);
  await sharded.run(2);
});

it("a batch that was cut off, until its shard has run it to the end", async () => {
  const sharded = await begun(3);
  sharded.add("events", events());
  sharded.host.crashAt("sinks.before-prepare");
  await sharded.runShard({ index: 1, count: 3 }).catch(() => {});
  sharded.host = sharded.host.afterCrash();
  expect(await refusal(sharded.reshard(3, 2))).toBe("R7808 the slice of shard 1/3 has a batch that was cut off: batch 1 is planned and not committed");
  await sharded.run(3);
  expect(await sharded.reshard(3, 2)).toMatchObject([{ query: "out", wasDone: false, entries: 8 }]);
});

it("a checkpoint whose input has ended", async () => {
  const sharded = await begun(0);
  await sharded.run(2, "drain");
  expect(await refusal(sharded.reshard(2, 3))).toBe("R7809 the slice of shard 0/2 was drained: its windows are closed, and it takes no new input");
});

it("a job that is another than the slices'", async () => {
  const sharded = await begun(2);
  const other = new ShardedJob(load(`${source()}\nsink out = events |> aggregate count() as n, sum(v) as total group by user into discard() mode update`), ["events"]);
  other.host = sharded.host;
  expect(await refusal(other.reshard(2, 3))).toMatch(/^R7404 /);
});

it("a query whose rows may be in any shard", async () => {
  const sharded = await begun(1, `${source()}\nsink out = events |> aggregate count() as n group by v into discard() mode update`);
  expect(await refusal(sharded.reshard(1, 2))).toMatch(/^R7803 the query `out` cannot be divided into shards/);
  const undeclared = await begun(1, `${source("")}\n${counting}`);
  expect(await refusal(undeclared.reshard(1, 2))).toMatch(/^R7803 /);
});

it("a shard that runs", async () => {
  const sharded = await begun(2);
  const lock = `${sharded.host.process.pid}\n${sharded.host.process.identify(sharded.host.process.pid) ?? ""}\nother\n`;
  sharded.host.fs.put("checkpoints/shard-0-of-2/out/lock", lock);
  expect(await refusal(sharded.reshard(2, 1))).toMatch(/^R7410 /);
  sharded.host.fs.removeTree("checkpoints/shard-0-of-2/out/lock");
  await sharded.reshard(2, 1);
});

it("a null in the state of one process, which has no shard", async () => {
  const sharded = await begun(0, `${source().replace("user: string", "user: string?")}\n${counting}`);
  sharded.broker.append("events", 0, { key: null, value: '{"user":null,"v":1}' });
  await sharded.run(1);
  expect(await refusal(sharded.reshard(1, 2))).toMatch(/^R7810 /);
});

it("slices that have seen other numbers of partitions, but for one process", async () => {
  const sharded = new ShardedJob(load(`${source()}\n${counting}`), ["events"]);
  // Keys of one shard's partitions: what another number of them would place elsewhere is read by then.
  sharded.add("events", events().filter(({ user }) => partitionOfKey(new TextEncoder().encode(user), 6) % 3 === 1));
  await sharded.runShard({ index: 1, count: 3 });
  sharded.broker.addPartitions("events", 7);
  for (const index of [0, 2]) await sharded.runShard({ index, count: 3 });
  expect(await refusal(sharded.reshard(3, 2))).toMatch(/^R7811 one shard has seen 7 partitions of the topic events, and another 6: /);
  expect(await sharded.reshard(3, 1)).toMatchObject([{ wasDone: false, setAside: "checkpoints/out.before-reshard-1" }]);
  sharded.add("events", events());
  await sharded.run(1);
  expect(sharded.results["out"]).toHaveLength(8);
});

it("a topic that has grown is refused by its shards; one process goes on with it, also where the slices must be levelled", async () => {
  const windows = `${source()}\nsink out = events |> watermark at delay 1 minute late drop |> aggregate count() as n group by user, tumbling(at, 10 minutes) into discard()`;
  const sharded = await begun(3, windows);
  sharded.broker.addPartitions("events", 7);
  sharded.broker.append("events", 6, { key: "user-0", value: JSON.stringify({ user: "user-0", at: "2024-01-01T00:39:00Z", v: 1 }) });
  expect(await refusal(sharded.run(3))).toMatch(/^R7802 the topic events had 6 partitions/);
  expect(await sharded.reshard(3, 1)).toMatchObject([{ wasDone: false }]);
  await sharded.run(1, "drain");
  const one = await begun(1, windows);
  one.broker.append("events", 0, { key: "user-0", value: JSON.stringify({ user: "user-0", at: "2024-01-01T00:39:00Z", v: 1 }) });
  await one.run(1, "drain");
  expect(sharded.results).toEqual(one.results);
});

it("slices without a batch: what the error says begins anew, and slices in which nothing has begun may be of any number", async () => {
  const sharded = new ShardedJob(load(`${source().replace("earliest", "latest")}\n${counting}`), ["events"]);
  await sharded.run(2);
  // Where the topic began is known, and holds: what came since would be left out by a start that asks anew.
  expect(await refusal(sharded.run(1))).toMatch(/^R7805 /);
  const error = await sharded.reshard(2, 1).then(() => undefined, (failure: unknown) => failure);
  expect(error).toMatchObject({ code: "R7816", how: "there is nothing to divide: remove the folders of its slices (checkpoints/shard-0-of-2/out …) and the file checkpoints/out.shards, and start it in any number of shards" });
  for (const path of ["shard-0-of-2/out", "shard-1-of-2/out", "out.shards"]) sharded.host.fs.removeTree(`checkpoints/${path}`);
  await sharded.run(1);
  const missing = new ShardedJob(load(`${source()}\n${counting}`), []);
  expect(await refusal(missing.run(3))).toMatch(/^R/);
  missing.broker.createTopic("events", 6);
  missing.add("events", events());
  await missing.run(1);
  expect(missing.results["out"]).toHaveLength(8);
});

it("slices that were begun under different policies of the watermark", async () => {
  const job = (policy: string): ShardedJob => new ShardedJob(load(`option watermarkPolicy = "${policy}"\n${source()}\n${counting}`), ["events"]);
  const [min, max] = [job("min"), job("max")];
  for (const each of [min, max]) each.add("events", events());
  await min.runShard({ index: 0, count: 2 });
  max.host = min.host;
  await max.runShard({ index: 1, count: 2 });
  expect(await refusal(min.reshard(2, 1))).toBe("R7813 the slices were begun with different values of the option watermarkPolicy");
});

it("the checkpoint of a clause, whose slices lie elsewhere", async () => {
  const sharded = await begun(1, `${source()}\n${counting} checkpoint "./checkpoints//out/"`);
  expect(await refusal(sharded.reshard(1, 2))).toMatch(/^R7817 /);
  const elsewhere = await begun(1, `${source()}\n${counting} checkpoint "elsewhere/out"`);
  expect(await elsewhere.reshard(1, 2)).toMatchObject([{ wasDone: false }]);
});

it("a start that looked for its slice before it was divided", async () => {
  const sharded = await begun(2);
  const { host } = sharded;
  const read = host.fs.readFile.bind(host.fs);
  let looks = 0;
  host.fs.readFile = (path) => {
    const bytes = read(path);
    // `reshard` replaces the file when this start has seen the old one.
    if (path.endsWith("out.shards") && looks++ === 0) host.fs.put("checkpoints/out.shards", '{"shards":3}\n');
    return bytes;
  };
  expect(await refusal(sharded.runShard({ index: 0, count: 2 }))).toMatch(/^R7805 /);
  expect(looks).toBe(2);
  expect(host.fs.stat("checkpoints/shard-0-of-2/out/lock")).toBeUndefined();
});

it("says what was done, again and again", async () => {
  const sharded = await begun(1);
  expect(await sharded.reshard(1, 2)).toEqual([{ query: "out", wasDone: false, entries: 8, setAside: "checkpoints/out.before-reshard-1" }]);
  expect(await sharded.reshard(1, 2)).toEqual([{ query: "out", wasDone: true, entries: 0, setAside: undefined }]);
  expect(await sharded.reshard(2, 1)).toEqual([{ query: "out", wasDone: false, entries: 8, setAside: "checkpoints/out.before-reshard-2" }]);
  expect([...(sharded.host.fs.list("checkpoints") ?? [])].sort()).toEqual(["out", "out.before-reshard-1", "out.before-reshard-2", "out.shards"]);
});

it("goes on in the folders of a file sink that slices before have filled", async () => {
  const text = `${source()}\nsink out = events |> where v >= 0 into file("out", format: "json")`;
  const job = load(text);
  const sharded = new ShardedJob(job, ["events"], 6, false);
  for (const [from, to] of [[0, 1], [1, 2], [2, 1], [1, 2]] as const) {
    if (from > 0) await sharded.reshard(from, to);
    sharded.add("events", events());
    await sharded.run(to);
  }
  const files = (folder: string): readonly string[] => (sharded.host.fs.list(folder) ?? []).filter((name) => name.startsWith("part-")).map((name) => `${folder}/${name}`);
  const rows = ["out", "out/shard-0-of-2", "out/shard-1-of-2"].flatMap(files).flatMap((path) => new TextDecoder().decode(sharded.host.fs.readFile(path)).trimEnd().split("\n"));
  expect(rows).toHaveLength(4 * 40);
});
