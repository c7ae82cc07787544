import { expect, test } from "vitest";
import { readMetadata } from "../../../runtime/checkpoint/metadata.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../support/kafka-in-memory.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { drained, sendByKey } from "../../support/shard-runs.ts";

const partitions = 6;
const job = (text: string) => loadJob(compileText(text, { optimize: true }));
const clicksFrom = (more = 'partitionedBy: "user"'): string => `source clicks: { user: string, page: string, n: int, at: timestamp } from kafka("memory:9092", subscribe: "clicks", startingOffsets: "earliest", format: "json"${more === "" ? "" : `, ${more}`})\n`;

function clicks(count = 200): KafkaInMemory {
  const broker = new KafkaInMemory();
  broker.createTopic("clicks", partitions);
  for (let n = 0; n < count; n++) {
    const user = `user ${n % 17}`;
    sendByKey(broker, "clicks", partitions, user, { user, page: `page ${n % 5}`, n, at: new Date(Date.UTC(2024, 0, 1, 0, 0, n)).toISOString() });
  }
  return broker;
}

async function failureOf(harness: Harness): Promise<unknown> {
  await harness.query.awaitTermination().catch(() => {});
  await harness.settle();
  return harness.failure;
}

test.each([
  ["rows", `${clicksFrom("")}sink out = clicks |> where n % 3 = 0 |> select user, n into memory()`],
  ["an aggregate by key", `${clicksFrom()}sink out = clicks |> aggregate count() as c, sum(n) as s group by user, page into memory() mode update`],
  ["windows by a renamed key", `${clicksFrom()}sink out = clicks |> watermark at delay 5 minutes late drop |> rename user as who |> aggregate count() as c group by tumbling(at, 1 minute), who into memory()`],
  ["dedup", `${clicksFrom()}sink out = clicks |> select page, user |> dedup by page, user into memory()`],
  ["the first rows of each key", `${clicksFrom()}sink out = clicks |> top 2 by n desc per user into memory() mode update`],
  ["an aggregate over an aggregate", `${clicksFrom()}sink out = clicks |> aggregate count() as c group by user, page |> aggregate max(c) as m group by user into memory() mode update`],
])("shards give together what one process gives: %s", async (_, text) => {
  const one = await drained(job(text), clicks(), 1);
  expect(one.length).toBeGreaterThan(10);
  // Results that change are compared by what they come to: one batch each.
  expect(await drained(job(text), clicks(), 3)).toEqual(one);
  expect(await drained(job(text), clicks(), 4)).toEqual(one);
});

test("a join of two topics on the columns that both are partitioned by", async () => {
  const text = `${clicksFrom()}source names: { id: string, name: string, at: timestamp } from kafka("memory:9092", subscribe: "names", startingOffsets: "earliest", format: "json", partitionedBy: "id")
stream c = clicks |> watermark at delay 1 hour late drop
stream s = names |> watermark at delay 1 hour late drop
sink out = c |> join s on c.user = s.id and c.at >= s.at and c.at <= s.at + 1 hour |> select c.user, s.name, c.n into memory()`;
  const broker = (): KafkaInMemory => {
    const made = clicks();
    made.createTopic("names", partitions);
    for (let n = 0; n < 17; n++) sendByKey(made, "names", partitions, `user ${n}`, { id: `user ${n}`, name: `name ${n}`, at: "2024-01-01T00:00:00Z" });
    return made;
  };
  const one = await drained(job(text), broker(), 1);
  expect(one).toHaveLength(200);
  expect(await drained(job(text), broker(), 3)).toEqual(one);
});

test("keys of several columns are JSON, and of bytes their bytes", async () => {
  const text = `source clicks: { user: string, n: long? } from kafka("memory:9092", subscribe: "clicks", startingOffsets: "earliest", format: "json", partitionedBy: ["user", "n"])\nsink out = clicks |> aggregate count() as c group by n, user into memory() mode update`;
  const broker = (): KafkaInMemory => {
    const made = new KafkaInMemory();
    made.createTopic("clicks", 5);
    for (let n = 0; n < 60; n++) {
      const row = { user: `ü"${n % 7}`, n: n % 4 === 0 ? null : n % 4 };
      sendByKey(made, "clicks", 5, JSON.stringify(row), row);
    }
    return made;
  };
  expect(await drained(job(text), broker(), 3)).toEqual(await drained(job(text), broker(), 1));
  const raw = 'source clicks from kafka("memory:9092", subscribe: "clicks", startingOffsets: "earliest", partitionedBy: "key")\nsink out = clicks |> aggregate count() as c group by key into memory() mode update';
  expect(await drained(job(raw), clicks(), 3)).toEqual(await drained(job(raw), clicks(), 1));
});

test("each shard has its checkpoint, and reads partitions that are new", async () => {
  const broker = clicks();
  const host = new SimHost();
  const text = `${clicksFrom("")}sink out = clicks |> select user into memory()`;
  const harness = startHarness(job(text), { kafka: broker.factory, host, shard: { index: 1, count: 3 } });
  await harness.settle();
  expect(Object.keys(JSON.parse(harness.query.lastProgress?.sources[0]?.endOffset ?? "{}").clicks)).toEqual(["1", "4"]);
  expect(harness.query.lastProgress?.shard).toBe("1/3");
  expect(readMetadata(host, "/checkpoints/shard-1-of-3/out")?.slice).toEqual({ shard: { index: 1, count: 3 }, partitions: {} });
  broker.addPartitions("clicks", 8);
  broker.append("clicks", 7, '{"user":"new","page":"p","n":1,"at":"2024-01-01T00:00:00Z"}');
  broker.append("clicks", 6, '{"user":"another\'s","page":"p","n":1,"at":"2024-01-01T00:00:00Z"}');
  const rows = (await harness.settle()).flatMap((batch) => batch.rows.map(({ row }) => row));
  expect(rows).toEqual([{ user: "new" }]);
  await harness.stop();
});

const counting = `${clicksFrom()}sink out = clicks |> aggregate count() as c group by user into memory() mode update`;

test("a row that its columns did not place is refused before it reaches the state", async () => {
  const broker = clicks(20);
  broker.append("clicks", 1, '{"user":"user 0","page":"p","n":1,"at":"2024-01-01T00:00:00Z"}');
  const harness = startHarness(job(counting), { kafka: broker.factory, shard: { index: 1, count: 3 } });
  expect(await failureOf(harness)).toMatchObject({ code: "R7800", what: expect.stringContaining("is in partition 1"), where: expect.stringContaining("partition 1, offset") });
  // One process asks nothing of the partitions.
  expect(await drained(job(counting), broker, 1)).toHaveLength(17);
});

test("a row without a key could be anywhere; left out behind the source it is none of the shard's affair", async () => {
  const source = clicksFrom().replace("user: string", "user: string?");
  const broker = clicks(20);
  broker.append("clicks", 1, '{"user":null,"page":"p","n":1,"at":"2024-01-01T00:00:00Z"}');
  const shard = { index: 1, count: 3 };
  const keyed = "aggregate count() as c group by user into memory() mode update";
  expect(await failureOf(startHarness(job(`${source}sink out = clicks |> ${keyed}`), { kafka: broker.factory, shard, mode: "drain" }))).toMatchObject({ code: "R7800", what: expect.stringContaining("has no key: user = null") });
  expect(await failureOf(startHarness(job(`${source}sink out = clicks |> where user is not null |> ${keyed}`), { kafka: broker.factory, shard, mode: "drain" }))).toBeUndefined();
});

test("the number of partitions is kept with the state, and another one is refused", async () => {
  const broker = clicks();
  const host = new SimHost();
  const options = { kafka: broker.factory, host, shard: { index: 0, count: 2 } };
  const harness = startHarness(job(counting), options);
  await harness.settle();
  expect(readMetadata(host, "/checkpoints/shard-0-of-2/out")?.slice).toEqual({ shard: { index: 0, count: 2 }, partitions: { clicks: 6 } });
  await harness.stop();
  broker.addPartitions("clicks", 7);
  const again = startHarness(job(counting), options);
  expect(await failureOf(again)).toMatchObject({ code: "R7802", what: expect.stringContaining("had 6 partitions") });
  // One process keeps the number too, for the day when it is divided, and goes on with another one.
  const one = startHarness(job(counting), { kafka: broker.factory, host, checkpoint: "/one" });
  await one.settle();
  broker.addPartitions("clicks", 8);
  broker.append("clicks", 7, '{"user":"new","page":"p","n":1,"at":"2024-01-01T00:00:00Z"}');
  await one.settle();
  expect(readMetadata(host, "/one/out")?.slice).toEqual({ shard: undefined, partitions: { clicks: 8 } });
  await one.stop();
});

test("a slice is its shard's alone", async () => {
  const broker = clicks();
  const host = new SimHost();
  const clause = counting.replace("mode update", 'mode update checkpoint "/state"');
  const first = startHarness(job(clause), { kafka: broker.factory, host, shard: { index: 0, count: 2 }, checkpoint: null });
  await first.settle();
  await first.stop();
  expect(host.fs.list("/state")).toEqual(["shard-0-of-2"]);
  host.fs.rename("/state/shard-0-of-2", "/state/shard-1-of-2");
  expect(() => startHarness(job(clause), { kafka: broker.factory, host, shard: { index: 1, count: 2 }, checkpoint: null })).toThrow(expect.objectContaining({ code: "R7801", what: expect.stringContaining("belongs to shard 0/2, and is opened by shard 1/2") }));
});

test("topics of a query with state have one number of partitions", async () => {
  const broker = clicks();
  broker.createTopic("more", 4);
  const both = counting.replace('subscribe: "clicks"', 'subscribe: ["clicks", "more"]');
  expect(await failureOf(startHarness(job(both), { kafka: broker.factory, shard: { index: 0, count: 2 } }))).toMatchObject({ code: "R7804", what: "the topic clicks has 6 partitions and more has 4: a key of both is in partitions of different shards" });
});

test.each([
  ["state by a key that is not declared", `${clicksFrom("")}sink out = clicks |> aggregate count() as c group by user into memory() mode update`, "rows of one key of `out/aggregate` may be in several of them"],
  ["one group", `${clicksFrom()}sink out = clicks |> aggregate count() as c into memory() mode update`, "cannot be divided into shards"],
  ["the rows of a batch put together", `${clicksFrom("")}sink out = clicks |> aggregate count() as c group by page per batch into memory()`, "`aggregate`: `clicks` does not say by which columns it is partitioned"],
  ["a source of its own", 'source lines: { a: int } from queue()\nsink out = lines into memory()', "a queue source has no partitions"],
  ["tables", 'table t: { a: int } from file("t.jsonl")\nsink out = t into memory()', "reads tables only"],
])("a module refuses to run as a shard what cannot be divided, and leaves nothing behind: %s", async (_, text, what) => {
  const host = new SimHost();
  const refused = expect.objectContaining({ code: "R7803", what: expect.stringContaining(what) }) as Error;
  expect(() => startHarness(job(text), { kafka: clicks().factory, host, shard: { index: 0, count: 2 } })).toThrow(refused);
  expect(host.fs.list("/checkpoints")).toBeUndefined();
});

test("what a shard was refused for runs in one process, as the error says", async () => {
  const broker = clicks();
  const host = new SimHost();
  broker.createTopic("more", 4);
  const both = job(`${clicksFrom()}${clicksFrom().replace("source clicks", "source more").replace('"clicks"', '"more"')}sink out = clicks |> union more |> aggregate count() as c group by user into memory() mode update`);
  for (const shard of [{ index: 0, count: 3 }, { index: 2, count: 3 }, { index: 1, count: 2 }]) {
    expect(await failureOf(startHarness(both, { kafka: broker.factory, host, shard }))).toMatchObject({ code: "R7804", how: expect.stringContaining("without --shard") });
  }
  const harness = startHarness(both, { kafka: broker.factory, host });
  expect((await harness.settle()).flatMap(({ rows }) => rows)).toHaveLength(17);
  await harness.stop();
  expect(() => startHarness(both, { kafka: broker.factory, host, shard: { index: 0, count: 3 } })).toThrow(expect.objectContaining({ code: "R7805" }));
});

test("a topic may be called as anything, as a property of an object too", async () => {
  const host = new SimHost();
  const broker = new KafkaInMemory();
  for (const topic of ["constructor", "__proto__"]) {
    broker.createTopic(topic, 6);
    sendByKey(broker, topic, 6, "a", { user: "a", page: "p", n: 1, at: "2024-01-01T00:00:00Z" });
  }
  const rows = async (count: number): Promise<number> => {
    let found = 0;
    for (let index = 0; index < count; index++) {
      const harness = startHarness(job(counting.replace('subscribe: "clicks"', 'subscribe: ["constructor", "__proto__"]')), { kafka: broker.factory, host, shard: { index, count } });
      found += (await harness.settle()).flatMap((batch) => batch.rows).length;
      expect(harness.failure).toBeUndefined();
      await harness.stop();
    }
    return found;
  };
  expect(await rows(2)).toBe(1);
  expect(await rows(2)).toBe(0);
});

test("sinks that own a place have one in each shard", async () => {
  const broker = clicks(30);
  const host = new SimHost();
  const text = `${clicksFrom("")}sink out = clicks |> select user into file("out")\nsink copies = clicks |> select user into kafka("memory:9092", topic: "copies", format: "json")`;
  broker.createTopic("copies", 1);
  for (const query of ["out", "copies"]) {
    const harness = startHarness(job(text), { kafka: broker.factory, host, query, shard: { index: 1, count: 2 } });
    await harness.settle();
    expect(harness.failure).toBeUndefined();
    await harness.stop();
  }
  expect(host.fs.list("/home/out")).toEqual(["shard-1-of-2"]);
  expect(host.fs.list("/home/out/shard-1-of-2")?.length).toBeGreaterThan(1);
  const [message] = broker.messages("copies");
  expect(new TextDecoder().decode(message?.headers.find(({ key }) => key === "sluice.query")?.value ?? undefined)).toBe("copies/shard-1-of-2");
});

test("groups of a batch are held against the declaration too", async () => {
  const text = `${clicksFrom()}sink out = clicks |> aggregate count() as c group by user, page per batch into memory()`;
  expect((await drained(job(text), clicks(), 3)).length).toBeGreaterThan(10);
  const broker = clicks(0);
  broker.append("clicks", 0, { key: "other", value: JSON.stringify({ user: "user 1", page: "p", n: 1, at: "2024-01-01T00:00:00Z" }) });
  const failure = await failureOf(await startHarness(job(text), { kafka: broker.factory, mode: "drain", shard: { index: 0, count: 2 } }));
  expect(String(failure)).toContain("belongs into partition");
});
