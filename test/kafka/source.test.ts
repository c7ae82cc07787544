import { afterEach, expect, inject, it } from "vitest";
import type { KafkaClient, OutgoingMessage } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { kafkaSource } from "../../runtime/connectors/kafka/source.ts";
import type { KafkaSourceOptions } from "../../runtime/connectors/kafka/source-settings.ts";
import type { SourceLog, StreamSource } from "../../runtime/connectors/source.ts";
import { VolatileLog } from "../../runtime/connectors/volatile-log.ts";
import type { Chunk } from "../../runtime/formats/column-batch.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { codeOf, sourceContext } from "../runtime/connectors/support.ts";
import { deleteRecordsBefore, deleteTopic, groupOffsets, withAdmin } from "./support/admin.ts";
import { freshTopic } from "./support/fresh-topic.ts";

const address = inject("kafka");
const host = nodeHost();
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function stream(options: Partial<KafkaSourceOptions>, format = "text", log: SourceLog = new VolatileLog()): Promise<{ readonly source: StreamSource; readonly warnings: readonly string[]; readonly log: SourceLog }> {
  const context = sourceContext(host, { log, format });
  const source = await kafkaSource({ brokers: address, retryInterval: 100_000, ...options }).openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  open.push(source);
  return { source, warnings: context.warnings, log };
}

async function client(): Promise<KafkaClient> {
  const made = await kafkajsClient({ brokers: [address], clientId: "test", connectionTimeout: 5000, requestTimeout: 10_000, retries: 10, retryInterval: 50, report: () => undefined });
  open.push(made);
  return made;
}

const message = (topic: string, value: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({ topic, partition: 0, key: null, value: Buffer.from(value), headers: [], ...more });

async function send(topic: string, values: readonly string[], more: Partial<OutgoingMessage> = {}): Promise<void> {
  const producer = await (await client()).producer({ compression: "none" });
  await producer.send(values.map((value) => message(topic, value, more)));
  await producer.close();
}

async function messagesOf(chunks: AsyncIterable<Chunk>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const { messages } of chunks) all.push(...(messages?.messages ?? []).map(({ value }) => Buffer.from(value ?? []).toString("utf8")));
  return all;
}

/** All batches that there are, from a position on. */
async function batches({ source }: { readonly source: StreamSource }, from?: string, first = 0): Promise<readonly { readonly to: string; readonly values: readonly string[] }[]> {
  const all: { to: string; values: readonly string[] }[] = [];
  for (let start = from, batch = first; ; batch++) {
    const to = await source.latest(start, batch, false);
    if (to === undefined || to === start) return all;
    all.push({ to, values: await messagesOf(source.read(start, to)) });
    source.commit(to, batch);
    start = to;
  }
}

const numbers = (count: number, from = 0): readonly string[] => Array.from({ length: count }, (_, at) => String(from + at));

it("reads partitions whole and in order, in batches shared out by what is waiting (T09)", async () => {
  const topic = await freshTopic(address, "t09", 3);
  for (const [partition, count] of [101, 11, 1].entries()) await send(topic, numbers(count), { partition });
  const opened = await stream({ subscribe: topic, startingOffsets: "earliest", maxOffsetsPerTrigger: 10 });
  const all = await batches(opened);
  expect(all.slice(0, 4).map(({ to }) => Object.values((JSON.parse(to) as Record<string, object>)[topic] ?? {}))).toEqual([[8, 1, 1], [17, 2, 1], [26, 3, 1], [35, 4, 1]]);
  expect(all.flatMap(({ values }) => values)).toHaveLength(113);
});

it("marks and aborted messages advance; what is open waits (T12)", async () => {
  const topic = await freshTopic(address, "t12");
  const opened = await stream({ subscribe: topic, startingOffsets: "earliest", maxOffsetsPerTrigger: 3 });
  const transactional = await (await client()).producer({ compression: "none", transactionalId: topic });
  const reached = async (end: number): Promise<void> => {
    const asking = await client();
    await expect.poll(() => asking.offsets([{ topic, partition: 0 }], "latest", "read_committed"), { timeout: 10_000 }).toEqual([end]);
  };
  await transactional.begin();
  await transactional.send(numbers(5).map((value) => message(topic, value)));
  expect(await batches(opened)).toEqual([]);
  await transactional.commit();
  await reached(6);
  const first = await batches(opened);
  expect(first.map(({ values }) => values)).toEqual([["0", "1", "2"], ["3", "4"]]);
  await transactional.begin();
  await transactional.send(numbers(5, 6).map((value) => message(topic, value)));
  await transactional.abort();
  await reached(12);
  const second = await batches(opened, first.at(-1)?.to, 2);
  expect(second.map(({ values }) => values)).toEqual([[], []]);
  await transactional.begin();
  await transactional.send(numbers(5, 12).map((value) => message(topic, value)));
  await transactional.commit();
  await reached(18);
  expect((await batches(opened, second.at(-1)?.to, 4)).map(({ values }) => values)).toEqual([["12", "13", "14"], ["15", "16"]]);
  await transactional.close();
});

it("begins at the end, at a time, or where offsets say, which is asked once", async () => {
  const topic = await freshTopic(address, "start", 2);
  const second = 1_700_000_000_000_000;
  for (const partition of [0, 1]) for (const at of [0, 1, 2]) await send(topic, [`${partition}-${at}`], { partition, timestamp: second + at * 1_000_000 });
  const values = async (options: Partial<KafkaSourceOptions>): Promise<readonly string[]> => (await batches(await stream({ subscribe: topic, ...options }))).flatMap((batch) => batch.values);
  const latest = await stream({ subscribe: topic });
  expect(await latest.source.latest(undefined, 0, false)).toBeUndefined();
  expect(await values({ startingTimestamp: second + 1_000_000 })).toEqual(["0-1", "0-2", "1-1", "1-2"]);
  expect(await values({ startingOffsetsByTimestamp: [[topic, [[0, second + 2_000_000], [1, second + 500_000]]]] })).toEqual(["0-2", "1-1", "1-2"]);
  expect(await codeOf(() => values({ startingTimestamp: second + 9_000_000 }))).toBe("R7714");
  expect(await values({ startingOffsets: `{"${topic}":{"0":-2,"1":2}}` })).toEqual(["0-0", "0-1", "0-2", "1-2"]);
  await send(topic, ["after"]);
  const again = await stream({ subscribe: topic }, "text", latest.log);
  expect((await batches(again)).flatMap((batch) => batch.values)).toEqual(["after"]);
});

it("a topic that is made later is read from its beginning where a pattern matches its name", async () => {
  const first = await freshTopic(address, "pattern-a");
  const stem = first.slice("pattern-a-".length);
  const opened = await stream({ subscribePattern: `pattern-.-${stem}` });
  expect(await opened.source.latest(undefined, 0, false)).toBeUndefined();
  const later = `pattern-b-${stem}`;
  await withAdmin(address, (admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic: later }] }));
  await send(later, ["x", "y"]);
  await expect.poll(() => opened.source.latest(undefined, 0, false), { timeout: 10_000 }).toBe(`{"${first}":{"0":0},"${later}":{"0":2}}`);
  expect(await messagesOf(opened.source.read(undefined, `{"${first}":{"0":0},"${later}":{"0":2}}`))).toEqual(["x", "y"]);
});

it("what retention took is a loss; without failOnDataLoss the next that is there follows", async () => {
  const topic = await freshTopic(address, "retention");
  await send(topic, numbers(10));
  const options = { subscribe: topic, startingOffsets: "earliest" };
  const strict = await stream(options);
  const loose = await stream({ ...options, failOnDataLoss: false });
  const to = (await strict.source.latest(undefined, 0, false)) ?? "";
  expect(await loose.source.latest(undefined, 0, false)).toBe(to);
  await deleteRecordsBefore(address, topic, 6);
  expect(await codeOf(() => messagesOf(strict.source.read(undefined, to)))).toBe("R7715");
  expect(await messagesOf(loose.source.read(undefined, to))).toEqual(["6", "7", "8", "9"]);
  expect(loose.warnings).toHaveLength(1);
});

it("a topic that is deleted and made again is noticed, even where it has come further", async () => {
  const topic = await freshTopic(address, "remade");
  await send(topic, numbers(3));
  const options = { subscribe: topic, startingOffsets: "earliest" };
  const before = await stream(options);
  const [first] = await batches(before);
  await deleteTopic(address, topic);
  await withAdmin(address, (admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic }] }));
  await send(topic, numbers(7, 100));
  const strict = await stream(options, "text", before.log);
  expect(await codeOf(() => strict.source.latest(first?.to, 1, false))).toBe("R7715");
  const loose = await stream({ ...options, failOnDataLoss: false }, "text", before.log);
  expect((await batches(loose, first?.to, 1)).flatMap(({ values }) => values)).toEqual(numbers(7, 100));
});

it("large batches of many sizes come whole, with bounded chunks", async () => {
  const topic = await freshTopic(address, "large", 2);
  const values = Array.from({ length: 3000 }, (_, at) => JSON.stringify({ at, text: "x".repeat((at * 37) % 900) }));
  for (const partition of [0, 1]) await send(topic, values, { partition });
  await send(topic, [`"${"y".repeat(700_000)}"`], { partition: 0 });
  const { source } = await stream({ subscribe: topic, startingOffsets: "earliest", minPartitions: 9 }, "json");
  const to = (await source.latest(undefined, 0, false)) ?? "";
  const read = await messagesOf(source.read(undefined, to));
  expect(read.slice(0, 3000)).toEqual(values);
  expect(read[3000]).toHaveLength(700_002);
  expect(read.slice(3001)).toEqual(values);
});

it("headers, keys, tombstones and times are there, and offsets are committed to a group", async () => {
  const topic = await freshTopic(address, "rows");
  await send(topic, ["v"], { key: Buffer.from("k"), headers: [{ key: "h", value: Buffer.from("1") }, { key: "h", value: null }], timestamp: 1_700_000_000_123_000 });
  const producer = await (await client()).producer({ compression: "none" });
  await producer.send([{ topic, partition: 0, key: Buffer.from("k"), value: null, headers: [] }]);
  await producer.close();
  const { source, warnings } = await stream({ subscribe: topic, startingOffsets: "earliest", commitOffsetsTo: `lag-${topic}` }, "kafka");
  const to = (await source.latest(undefined, 0, false)) ?? "";
  const seen: unknown[] = [];
  for await (const { messages } of source.read(undefined, to)) for (const each of messages?.messages ?? []) seen.push([each.offset, each.key === null ? null : Buffer.from(each.key).toString(), each.value === null ? null : Buffer.from(each.value).toString(), each.headers.map(({ key, value }) => [key, value === null ? null : Buffer.from(value).toString()]), each.timestampType]);
  expect(seen).toEqual([[0, "k", "v", [["h", "1"], ["h", null]], 0], [1, "k", null, [], 0]]);
  source.commit(to, 0);
  await source.close();
  open.splice(open.indexOf(source), 1);
  expect(warnings).toEqual([]);
  expect(await groupOffsets(address, `lag-${topic}`, topic)).toEqual([2]);
});

it("a table is what there is, between the offsets or times that it names", async () => {
  const topic = await freshTopic(address, "table");
  await send(topic, numbers(10));
  const table = await kafkaSource({ brokers: address, subscribe: topic, startingOffsets: `{"${topic}":{"0":2}}`, endingOffsets: [[topic, [[0, 5n]]]] }).openTable?.(sourceContext(host, { format: "text" }));
  if (table === undefined) throw new TypeError("no table");
  expect(await messagesOf(table.read())).toEqual(["2", "3", "4"]);
});

it("followed, messages come soon after they are sent", async () => {
  const topic = await freshTopic(address, "follow");
  const { source } = await stream({ subscribe: topic, startingOffsets: "earliest" });
  const stop = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const { chunk, to } of source.follow?.(undefined, stop.signal) ?? []) {
      const last = chunk.messages?.messages.at(-1)?.value;
      seen.push(`${Buffer.from(last ?? []).toString()} ${to}`);
      if (seen.length === 3) stop.abort();
    }
  })();
  for (const value of ["a", "b", "c"]) {
    await send(topic, [value]);
    await expect.poll(() => seen.at(-1)?.[0], { timeout: 5000, interval: 10 }).toBe(value);
  }
  await following;
  expect(seen).toEqual([`a {"${topic}":{"0":1}}`, `b {"${topic}":{"0":2}}`, `c {"${topic}":{"0":3}}`]);
});
