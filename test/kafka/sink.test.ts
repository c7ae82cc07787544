import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, it } from "vitest";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { kafkaSink, type KafkaSinkOptions } from "../../runtime/connectors/kafka/sink.ts";
import type { Sink, SinkContext } from "../../runtime/connectors/sink.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "../runtime/connectors/sink-support.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readTopic, readValues } from "./support/read-topic.ts";
import { startBroker } from "./support/start-broker.ts";

const address = inject("kafka");
const host = nodeHost();
const opened: Sink<TestRow>[] = [];

afterEach(async () => {
  for (const sink of opened.splice(0)) await sink.close();
});

async function open(options: Partial<KafkaSinkOptions>, context: Partial<SinkContext<TestRow>> = {}): Promise<Sink<TestRow>> {
  const sink = await kafkaSink({ brokers: address, format: "json", retryInterval: 200_000, ...options }).open(sinkContext(host, { checkpointId: randomUUID(), ...context }));
  opened.push(sink);
  await sink.ready?.();
  return sink;
}

const json = (id: number): string => `{"id":${id},"name":"n${id}"}`;
/** The commit of a transaction is decided when it is answered, and seen a little later, partition by partition. */
const soon = { timeout: 10_000, interval: 20 };
const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString("utf8"));

it.each(["none", "gzip", "snappy", "lz4", "zstd"] as const)("messages sent with compression %s are read back as they were", async (compression) => {
  const topic = await freshTopic(address, "plain", 3);
  const sink = await open({ topic, compression });
  const names = ["", "ü😀", "x".repeat(2000), null];
  await runBatch(sink, batchOf(0), names.map((name, at) => ["+I", at, name]));
  const read = await readTopic(address, topic);
  expect(read.map(({ value }) => text(value)).sort()).toEqual(names.map((name, id) => JSON.stringify({ id, name })).sort());
  expect(read.map(({ headers }) => headers.map(({ key, value }) => `${key}=${text(value)}`)).sort()).toEqual(names.map((_, at) => ["sluice.query=q", "sluice.batch=0", `sluice.sequence=${at}`]).sort());
});

it("key, headers, partition and tombstones arrive, and the same key is always in the same partition", async () => {
  const topic = await freshTopic(address, "keyed", 4);
  const sink = await open({ topic, delivery: "exactly once" }, {
    mode: "update",
    key: ["id"],
    message: { headers: (row) => (row.name === null ? null : [{ key: "name", value: row.name }, { key: "none", value: null }]), partition: (row) => (row.id === 9 ? 3 : null) },
  });
  await runBatch(sink, batchOf(0), [["+I", 1, "a"], ["+I", 2, "b"], ["+I", 9, "c"]]);
  await runBatch(sink, batchOf(1), [["+U", 1, "d"], ["-D", 2, null]]);
  await expect.poll(() => readTopic(address, topic), soon).toHaveLength(5);
  const read = await readTopic(address, topic);
  const of = (id: string): readonly unknown[] => read.filter(({ key }) => text(key) === id).map(({ value, headers }) => [text(value), headers.map((header) => [header.key, text(header.value)])]);
  expect(of("1")).toEqual([['{"id":1,"name":"a"}', [["name", "a"], ["none", null]]], ['{"id":1,"name":"d"}', [["name", "d"], ["none", null]]]]);
  expect(of("2")).toEqual([['{"id":2,"name":"b"}', [["name", "b"], ["none", null]]], [null, []]]);
  expect(read.find(({ key }) => text(key) === "9")?.partition).toBe(3);
  for (const id of ["1", "2"]) expect(new Set(read.filter(({ key }) => text(key) === id).map(({ partition }) => partition)).size).toBe(1);
});

it("a batch is seen when it is committed and not before, with its marker", async () => {
  const topic = await freshTopic(address, "committed", 2);
  const commitsTopic = await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" });
  const sink = await open({ topic, delivery: "exactly once", commitsTopic });
  expect(sink.begin(batchOf(0))).toBe(true);
  for (let id = 0; id < 1000; id++) sink.write("+I", { id, name: `n${id}` });
  expect(await sink.prepare(batchOf(0))).toEqual([expect.stringMatching(/^kafka sluice\..* batch 0$/)]);
  expect(await readValues(address, topic)).toEqual([]);
  expect(await readValues(address, topic, "read_uncommitted")).toHaveLength(1000);
  await sink.commit(batchOf(0));
  await sink.commit(batchOf(0));
  await expect.poll(async () => (await readValues(address, topic)).length, soon).toBe(1000);
  expect(new Set(await readValues(address, topic))).toEqual(new Set(Array.from({ length: 1000 }, (_, id) => json(id))));
  await expect.poll(() => readValues(address, commitsTopic), soon).toEqual(['{"batch":0}']);
});

it("a batch that was prepared and not committed is aborted by the next opening, and run again; one that was committed is dropped", async () => {
  const topic = await freshTopic(address, "recovered");
  const commitsTopic = await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" });
  const checkpointId = randomUUID();
  const options: Partial<KafkaSinkOptions> = { topic, delivery: "exactly once", commitsTopic };
  const first = await open(options, { checkpointId });
  await runBatch(first, batchOf(0), [["+I", 0]]);
  first.begin(batchOf(1));
  first.write("+I", { id: 1, name: "n1" });
  const noted = await first.prepare(batchOf(1));
  // The first process lives on and is fenced off; a dead one says nothing any more.
  const second = await open(options, { checkpointId, noted: noted.map((note) => note.replace(/1$/, "0")) });
  await expect.poll(() => readValues(address, topic), soon).toEqual([json(0)]);
  expect(second.begin(batchOf(0, 2))).toBe(false);
  await expect(first.commit(batchOf(1))).rejects.toMatchObject({ code: "R7738" });
  expect(await runBatch(second, batchOf(1, 2), [["+I", 1]])).toBe(true);
  const third = await open(options, { checkpointId, noted });
  expect(third.begin(batchOf(1, 3))).toBe(false);
  expect(await runBatch(third, batchOf(2), [["+I", 2]])).toBe(true);
  await expect.poll(() => readValues(address, topic), soon).toEqual([json(0), json(1), json(2)]);
  await expect(open({ ...options, commitsTopic: await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" }) }, { checkpointId, noted })).rejects.toMatchObject({ code: "R7739" });
});

it("an aborted batch is never seen, and the sink goes on", async () => {
  const topic = await freshTopic(address, "aborted");
  const sink = await open({ topic, delivery: "exactly once" });
  sink.begin(batchOf(0));
  sink.write("+I", { id: 7, name: "gone" });
  await sink.prepare(batchOf(0));
  await sink.abort(batchOf(0));
  await runBatch(sink, batchOf(0, 2), [["+I", 0]]);
  await expect.poll(() => readValues(address, topic), soon).toEqual([json(0)]);
});

it("sinks that are opened at the same moment make the topic of markers once, and each finds its own", async () => {
  const topic = await freshTopic(address, "together");
  const commitsTopic = `made-${randomUUID()}`;
  const sinks = await Promise.all([0, 1, 2].map((at) => open({ topic, delivery: "exactly once", commitsTopic }, { queryName: `q${at}` })));
  await Promise.all(sinks.map((sink, at) => runBatch(sink, batchOf(0), [["+I", at]])));
  await expect.poll(async () => [...(await readValues(address, topic))].sort(), soon).toEqual([json(0), json(1), json(2)]);
  await expect.poll(() => readValues(address, commitsTopic), soon).toHaveLength(3);
});

it("a message that is too large is named", async () => {
  const topic = await freshTopic(address, "small", 1, { "max.message.bytes": "2000" });
  for (const delivery of ["at least once", "exactly once"] as const) {
    const sink = await open({ topic, delivery }, { message: { key: (row) => `key ${String(row.id)}` } });
    sink.begin(batchOf(0));
    sink.write("+I", { id: 1, name: "x" });
    sink.write("+I", { id: 2, name: "x".repeat(5000) });
    await expect(sink.prepare(batchOf(0))).rejects.toMatchObject({ code: "R7740", what: expect.stringMatching(/key 2.*5\d\d\d bytes/) });
  }
});

it("a transaction timeout that the brokers do not allow is said", async () => {
  await expect(open({ topic: "t", delivery: "exactly once", transactionTimeout: 3_600_000_000 })).rejects.toMatchObject({ code: "R7743" });
});

it("a topic that is not there is an error, and not made", async () => {
  const topic = `none-${randomUUID()}`;
  const sink = await open({ topic, retries: 2 });
  sink.begin(batchOf(0));
  sink.write("+I", { id: 1, name: "x" });
  await expect(sink.prepare(batchOf(0))).rejects.toMatchObject({ code: "R7703" });
});

it("brokers that stay away end the start with an error, and a query that is interrupted waits no longer", async () => {
  await expect(open({ brokers: "127.0.0.1:1", topic: "t", delivery: "exactly once", retries: 1, retryInterval: 10_000 })).rejects.toMatchObject({ code: "R7700" });
  const interruption = new AbortController();
  const opening = open({ brokers: "127.0.0.1:1", topic: "t", delivery: "exactly once" }, { signal: interruption.signal });
  const reason = new Error("interrupted");
  setTimeout(() => interruption.abort(reason), 100);
  await expect(opening).rejects.toBe(reason);
});

it("brokers that are killed and come back in the middle of a batch are waited for; what outlives its transaction is not shown", async () => {
  const broker = await startBroker({ settings: { "transaction.abort.timed.out.transaction.cleanup.interval.ms": "300", "transaction.remove.expired.transaction.cleanup.interval.ms": "300" } });
  try {
    const topic = await freshTopic(broker.address, "away", 2);
    const warnings: string[] = [];
    const sink = await open({ brokers: broker.address, topic, delivery: "exactly once", maxPendingBytes: 4000 }, { warn: (message) => void warnings.push(message) });
    sink.begin(batchOf(0));
    for (let id = 0; id < 100; id++) {
      sink.write("+I", { id, name: `n${id}` });
      await sink.pressure?.();
    }
    await broker.kill();
    const back = broker.restart();
    for (let id = 100; id < 200; id++) {
      sink.write("+I", { id, name: `n${id}` });
      await sink.pressure?.();
    }
    await sink.prepare(batchOf(0));
    await back;
    await sink.commit(batchOf(0));
    await expect.poll(() => readValues(broker.address, topic), soon).toHaveLength(200);
    const values = await readValues(broker.address, topic);
    expect(new Set(values)).toEqual(new Set(Array.from({ length: 200 }, (_, id) => json(id))));
    expect(warnings.length).toBeGreaterThan(0);

    const slow = await open({ brokers: broker.address, topic, delivery: "exactly once", transactionTimeout: 1_000_000 });
    slow.begin(batchOf(0));
    slow.write("+I", { id: 999, name: "late" });
    await slow.prepare(batchOf(0));
    const client = await kafkajsClient({ brokers: [broker.address], clientId: "t", connectionTimeout: 5000, requestTimeout: 5000, retries: 5, retryInterval: 200, report: () => undefined });
    const partitions = [0, 1].map((partition) => ({ topic, partition }));
    const isDecided = async (): Promise<boolean> => String(await client.offsets(partitions, "latest", "read_committed")) === String(await client.offsets(partitions, "latest", "read_uncommitted"));
    await expect.poll(isDecided, { timeout: 20_000, interval: 200 }).toBe(true);
    await client.close();
    await expect(slow.commit(batchOf(0))).rejects.toMatchObject({ code: expect.stringMatching(/^R773[78]$/) });
    expect(await readValues(broker.address, topic)).toHaveLength(200);
  } finally {
    await broker.stop();
  }
});
