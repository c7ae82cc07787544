import { expect, test } from "vitest";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { messageTooLarge } from "../../../../runtime/connectors/kafka/client/kafka-errors.ts";
import type { MessageEncoder } from "../../../../runtime/connectors/kafka/message-encoder.ts";
import { kafkaSink } from "../../../../runtime/connectors/kafka/sink.ts";
import { QueueRegistry } from "../../../../runtime/connectors/queue/queue-registry.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext } from "../sink-support.ts";
import { codeOf } from "../support.ts";
import { SluiceRuntimeError } from "../../../../runtime/errors/runtime-error.ts";
import type { JobDefinition } from "../../../../runtime/query/definition.ts";
import * as kafkaEntry from "../../../../runtime/connectors/kafka.ts";
import { compileText, loadJob } from "../../../support/load-job.ts";
import { kafkaSinkJob, startKafkaHarness, type KafkaSinkJob } from "../../../support/kafka-sink-job.ts";
import type { Harness, HarnessOptions } from "../../../../runtime/testing/harness.ts";

const rows = "source rows: { id: long, name: string? } from queue()\nsink out = rows into discard()";
const sums = "source rows: { k: string, v: long } from queue()\nsink out = rows |> aggregate sum(v) as total group by k into discard() mode update";

function started(job: KafkaSinkJob, broker = new KafkaInMemory(), options: HarnessOptions = {}): { harness: Harness; broker: KafkaInMemory } {
  if (!broker.hasTopic("out")) broker.createTopic("out");
  return { broker, harness: startKafkaHarness(broker, kafkaSinkJob(job), options) };
}

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

function shown(broker: KafkaInMemory, topic = "out"): readonly (readonly [key: string | null, value: string | null])[] {
  return broker.messages(topic).map(({ key, value }) => [text(key), text(value)]);
}

test("a row is a message of its JSON, with the query, the batch and its number in the headers", async () => {
  const { harness, broker } = started({ text: rows });
  await harness.step({ rows: [{ id: 1, name: "a" }, { id: 2, name: null }] });
  await harness.step({ rows: [{ id: 3, name: "ü" }] });
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(shown(broker)).toEqual([[null, '{"id":1,"name":"a"}'], [null, '{"id":2,"name":null}'], [null, '{"id":3,"name":"ü"}']]);
  expect(broker.messages("out").map(({ headers }) => headers.map(({ key, value }) => `${key}=${text(value)}`))).toEqual([
    ["sluice.query=out", "sluice.batch=0", "sluice.sequence=0"],
    ["sluice.query=out", "sluice.batch=0", "sluice.sequence=1"],
    ["sluice.query=out", "sluice.batch=1", "sluice.sequence=0"],
  ]);
  expect(broker.openClients).toBe(0);
});

test("exactly once adds no headers, and leaves a marker of each batch in a compacted topic", async () => {
  const { harness, broker } = started({ text: rows, options: { delivery: "exactly once" } });
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  await harness.step({ rows: [{ id: 2, name: "b" }] });
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(broker.values("out")).toEqual(['{"id":1,"name":"a"}', '{"id":2,"name":"b"}']);
  expect(broker.messages("out").map(({ headers }) => headers)).toEqual([[], []]);
  expect(broker.configOf("sluice-commits")).toEqual({ "cleanup.policy": "compact", "segment.ms": "3600000" });
  expect(broker.messages("sluice-commits").map(({ key, value }) => [text(key)?.replace(/[0-9a-f-]{36}/, "ID").replace(/[0-9a-f]{16}$/, "HASH"), text(value)])).toEqual([
    ["sluice.ID.out.HASH", '{"batch":0}'],
    ["sluice.ID.out.HASH", '{"batch":1}'],
  ]);
});

test("key, value, topic, partition and headers come from the row where the job says so", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("t1", 2);
  broker.createTopic("t2", 2);
  const { harness } = started({
    text: rows,
    message: {
      key: (row) => `k${String(row["id"])}`,
      value: (row) => (row["name"] === null ? null : new TextEncoder().encode(String(row["name"]))),
      topic: (row) => `t${String(row["id"])}`,
      partition: (row) => (row["id"] === 1 ? 1 : null),
      headers: (row) => (row["id"] === 1 ? [{ key: "h", value: "x" }, { key: "h", value: null }] : null),
    },
  }, broker);
  await harness.step({ rows: [{ id: 1, name: "a" }, { id: 2, name: null }] });
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(broker.messages("t1").map(({ key, value, partition, headers }) => [text(key), text(value), partition, headers.slice(0, 2).map((header) => [header.key, text(header.value)])])).toEqual([["k1", "a", 1, [["h", "x"], ["h", null]]]]);
  expect(shown(broker, "t2")).toEqual([["k2", null]]);
});

test.each(["at least once", "exactly once"] as const)("headers of the sink's own names that a row has inherited are left out (%s)", async (delivery) => {
  const inherited = ["sluice.query", "sluice.batch", "sluice.sequence"].map((key) => ({ key, value: "of the topic before" }));
  const { harness, broker } = started({ text: rows, options: { delivery }, message: { headers: () => [...inherited, { key: "sluice.other", value: "x" }] } });
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  const own = delivery === "at least once" ? ["sluice.query=out", "sluice.batch=0", "sluice.sequence=0"] : [];
  expect(broker.messages("out")[0]?.headers.map(({ key, value }) => `${key}=${text(value)}`)).toEqual(["sluice.other=x", ...own]);
});

test("messages do not go into the topic of the sink's own markers", async () => {
  const { harness: atStart } = started({ text: rows, options: { delivery: "exactly once", commitsTopic: "out" } });
  await atStart.settle();
  expect(atStart.failure).toMatchObject({ code: "R7748" });
  const { harness: byRow } = started({ text: rows, options: { delivery: "exactly once" }, message: { topic: (row) => (row["id"] === 2 ? "sluice-commits" : "out") } });
  await byRow.step({ rows: [{ id: 1, name: "a" }, { id: 2, name: "b" }] });
  expect(byRow.failure).toMatchObject({ code: "R7748", where: expect.stringContaining("batch 0, row 1"), what: expect.stringContaining('{"id":2,"name":"b"}') });
  await byRow.stop();
});

test("a row without a topic is an error that shows it", async () => {
  const { harness } = started({ text: rows, message: { topic: (row) => (row["id"] === 2 ? null : "out") } });
  await harness.step({ rows: [{ id: 1, name: "a" }, { id: 2, name: "b" }] });
  expect(harness.failure).toMatchObject({ code: "R7732", what: 'a row for Kafka has no topic: {"id":2,"name":"b"}', where: expect.stringContaining("batch 0, row 1") });
  await harness.stop();
});

test("a negative partition is an error that shows its row", async () => {
  const { harness } = started({ text: rows, message: { partition: () => -1 } });
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  expect(harness.failure).toMatchObject({ code: "R7734" });
  await harness.stop();
});

test("without a format the rows are the messages, as in Spark, and the option goes before the column `topic`", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("other");
  const columns = "source rows: { key: string?, value: binary?, topic: string?, partition: int?, headers: { key: string, value: binary? }[]? } from queue()\nsink out = rows into discard()";
  const job = kafkaSinkJob({ text: columns });
  const turned = kafkaSinkJob({ text: columns, options: { topic: "out" } });
  const withSink = (options: Parameters<typeof kafkaSink>[0]): typeof job => ({ ...job, queries: turned.queries.map((query) => ({ ...query, outputs: query.outputs.map((output) => ({ ...output, sink: () => kafkaSink(options) })) })) });
  broker.createTopic("out");
  const row = { key: "k", value: "dg==", topic: "other", partition: 0, headers: [{ key: "h", value: "eA==" }] };
  const byColumn = startKafkaHarness(broker, withSink({ brokers: "b:1" }));
  await byColumn.step({ rows: [row, { ...row, value: null, headers: null, key: null }] });
  await byColumn.stop();
  expect(byColumn.failure).toBeUndefined();
  expect(shown(broker, "other")).toEqual([["k", "v"], [null, null]]);
  expect(broker.messages("other")[0]?.headers[0]).toEqual({ key: "h", value: new TextEncoder().encode("x") });
  const byOption = startKafkaHarness(broker, withSink({ brokers: "b:1", topic: "out" }));
  await byOption.step({ rows: [row] });
  await byOption.stop();
  expect(shown(broker)).toEqual([["k", "v"]]);
});

test.each([
  ["no value", "source rows: { id: long } from queue()\nsink out = rows into discard()", { code: "R7733", how: expect.stringContaining('format: "json"') }],
  ["a column too many", "source rows: { value: string, id: long } from queue()\nsink out = rows into discard()", { code: "R7733", what: expect.stringContaining("`id`") }],
  ["a value of another type", "source rows: { value: long } from queue()\nsink out = rows into discard()", { code: "R7733", what: expect.stringContaining("long") }],
])("rows that are to be messages and have %s are refused", async (_, job, error) => {
  const given = kafkaSinkJob({ text: job });
  const raw = { ...given, queries: given.queries.map((query) => ({ ...query, outputs: query.outputs.map((output) => ({ ...output, sink: () => kafkaSink({ brokers: "b:1", topic: "out" }) })) })) };
  const harness = startKafkaHarness(new KafkaInMemory(), raw);
  await harness.settle();
  expect(harness.failure).toMatchObject(error);
});

test("a result in update mode is upserts by its key", async () => {
  const { harness, broker } = started({ text: sums });
  await harness.step({ rows: [{ k: "a", v: 1 }, { k: '"b', v: 2 }] });
  await harness.step({ rows: [{ k: "a", v: 5 }] });
  await harness.stop();
  expect(shown(broker)).toEqual([["a", '{"k":"a","total":1}'], ['"b', '{"k":"\\"b","total":2}'], ["a", '{"k":"a","total":6}']]);
});

test("several key columns are a JSON object", async () => {
  const { harness, broker } = started({ text: "source rows: { k: string, n: long?, v: long } from queue()\nsink out = rows |> aggregate sum(v) as total group by k, n into discard() mode update" });
  await harness.step({ rows: [{ k: "a", n: "9007199254740993", v: 1 }, { k: "a", n: null, v: 2 }].map((row) => JSON.stringify(row).replace(/"(\d{5,})"/, "$1")) });
  await harness.stop();
  expect(shown(broker).map(([key]) => key)).toEqual(['{"k":"a","n":9007199254740993}', '{"k":"a","n":null}']);
});

test("a deleted row is a tombstone of its key, topic and partition; one without a key is refused", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const context = { ...sinkContext(new SimHost(), { mode: "update", key: ["id"] }), kafka: broker.factory };
  const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "json", delivery: "exactly once" }).open({ ...context, checkpointId: "c" });
  await runBatch(sink, batchOf(0), [["+I", 1, "a"], ["+I", 2, "b"]]);
  await runBatch(sink, batchOf(1), [["+U", 2, "c"], ["-D", 1, null]]);
  await sink.close();
  expect(shown(broker)).toEqual([["1", '{"id":1,"name":"a"}'], ["2", '{"id":2,"name":"b"}'], ["2", '{"id":2,"name":"c"}'], ["1", null]]);
  const keyless = await kafkaSink({ brokers: "b:1", topic: "out", format: "json" }).open({ ...sinkContext(new SimHost(), { mode: "update" }), kafka: broker.factory });
  expect(await codeOf(() => runBatch(keyless, batchOf(0), [["-D", 1, null]]))).toBe("R7741");
  await keyless.close();
});

test("complete mode sends the whole result in each batch", async () => {
  const { harness, broker } = started({ text: sums.replace("update", "complete") });
  await harness.step({ rows: [{ k: "a", v: 1 }] });
  await harness.step({ rows: [{ k: "b", v: 2 }] });
  await harness.stop();
  expect(shown(broker).map(([, value]) => value)).toEqual(['{"k":"a","total":1}', '{"k":"a","total":1}', '{"k":"b","total":2}']);
});

test("a bounded run writes its result in one transaction that nobody notes", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const queues = new QueueRegistry();
  queues.handle("rows").add([{ id: 1, name: "a" }, { id: 2, name: "b" }]);
  queues.handle("rows").close();
  const { harness } = started({ text: rows, options: { delivery: "exactly once" } }, broker, { mode: "batch", queues, checkpoint: null });
  await harness.finish();
  expect(harness.failure).toBeUndefined();
  expect(broker.values("out")).toHaveLength(2);
  expect(broker.hasTopic("sluice-commits")).toBe(false);
});

test("malformed records and late rows go to Kafka as JSON, in transactions of their batch", async () => {
  const broker = new KafkaInMemory();
  for (const topic of ["out", "bad", "late"]) broker.createTopic(topic);
  const exactly = 'format: "json", delivery: "exactly once"';
  const job = loadJob(
    compileText(
      `source rows: { id: long, at: timestamp } from file("in", format: "json", maxFilesPerTrigger: 1, malformed: bad)
       sink out = rows |> watermark at delay 0 seconds late into late |> aggregate count() as n group by tumbling(at, 1 second) into kafka("b:1", topic: "out", ${exactly})
       sink bad into kafka("b:1", topic: "bad", ${exactly})
       sink late into kafka("b:1", topic: "late", ${exactly})`,
      { optimize: true },
    ),
    { "runtime/connectors/kafka": kafkaEntry },
  );
  const host = new SimHost();
  host.fs.put("/home/in/1.jsonl", '{"id":1,"at":"2024-01-01T00:00:10Z"}\n{"id":"x"}\n');
  const harness = startKafkaHarness(broker, job, { host });
  await harness.settle();
  host.fs.put("/home/in/2.jsonl", '{"id":2,"at":"2024-01-01T00:00:01Z"}\n{"id":3,"at":"2024-01-01T00:00:20Z"}\n');
  await harness.advance(1000);
  await harness.settle();
  await harness.stop();
  if (harness.failure !== undefined) throw harness.failure;
  expect(broker.values("out")).toHaveLength(1);
  expect(broker.values("bad")).toEqual([expect.stringContaining('"source":')]);
  expect(broker.values("late")).toEqual([expect.stringContaining('"id":2')]);
  expect(broker.messages("sluice-commits").map(({ key }) => /^sluice\.[0-9a-f-]{36}\.(.+)\.[0-9a-f]{16}$/.exec(text(key) ?? "")?.[1]).sort()).toEqual(["out", "out.bad", "out.late"]);
  await harness.restart();
  expect(harness.failure).toBeUndefined();
  await harness.stop();
});

test("what waits to be sent is bounded: the reading waits for brokers that are slow", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  broker.intercept = (call, moment) => (call === "send" && moment === "before" ? held : undefined);
  const host = new SimHost();
  const count = 40_000;
  host.fs.put("/home/in/rows.jsonl", Array.from({ length: count }, (_, id) => `{"id":${id},"name":"a name that is not short"}\n`).join(""));
  const job = kafkaSinkJob({ text: 'source rows: { id: long, name: string? } from file("in", format: "json")\nsink out = rows into discard()', options: { maxPendingBytes: 200_000 } });
  const harness = startKafkaHarness(broker, job, { host });
  const settled = harness.settle();
  for (let turns = 0; turns < 300; turns++) await new Promise((resolve) => setImmediate(resolve));
  const before = host.reached.filter((point) => point === "batch.chunk").length;
  release();
  await settled;
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(broker.values("out")).toHaveLength(count);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(host.reached.filter((point) => point === "batch.chunk").length / 3);
});

test("an interruption ends the wait for brokers", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  broker.intercept = (call, moment) => (call === "send" && moment === "before" ? new Promise(() => undefined) : undefined);
  const interruption = new AbortController();
  const host = new SimHost({ autoAdvance: true });
  const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "json", delivery: "exactly once" }).open({ ...sinkContext(host), checkpointId: "c", kafka: broker.factory, signal: interruption.signal });
  sink.begin(batchOf(0));
  sink.write("+I", { id: 1, name: "a" });
  const prepared = sink.prepare(batchOf(0));
  const reason = new Error("interrupted");
  interruption.abort(reason);
  await expect(prepared).rejects.toBe(reason);
  await sink.close();
  expect(broker.openClients).toBe(0);
});

test("a message that is too large is named by its key, which is shown as records are", async () => {
  for (const [key, shown] of [["k".repeat(130), `"${"k".repeat(120)}…"`], [Uint8Array.of(0, 1, 2, 255), "bytes 00 01 02 ff"]] as const) {
    const broker = new KafkaInMemory();
    broker.createTopic("out");
    broker.intercept = (call) => {
      if (call === "send") throw messageTooLarge("out", 0, 5000);
    };
    const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "json" }).open({ ...sinkContext(new SimHost()), kafka: broker.factory, message: { key: () => key } });
    sink.begin(batchOf(0));
    sink.write("+I", { id: 1, name: "a" });
    await expect(sink.prepare(batchOf(0))).rejects.toMatchObject({ code: "R7740", what: expect.stringContaining(`with the key ${shown} is too large`) });
    await sink.close();
  }
});

test("under the continuous trigger what was written is there after a flush; transactions have none", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const context = { ...sinkContext(new SimHost()), kafka: broker.factory };
  const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "json" }).open(context);
  sink.begin(batchOf(0));
  sink.write("+I", { id: 1, name: "a" });
  await sink.flush?.();
  expect(broker.values("out")).toEqual(['{"id":1,"name":"a"}']);
  await sink.close();
  const exact = await kafkaSink({ brokers: "b:1", topic: "out", format: "json", delivery: "exactly once" }).open({ ...context, checkpointId: "c" });
  expect(await codeOf(() => exact.flush?.())).toBe("R7742");
  await exact.close();
});

test("exactly once without a checkpoint is refused, and so is a topic of markers that cannot be made", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const { checkpointId: _, ...context } = { ...sinkContext(new SimHost({ autoAdvance: true })), kafka: broker.factory };
  const connector = kafkaSink({ brokers: "b:1", topic: "out", format: "json", delivery: "exactly once" });
  expect(await codeOf(() => connector.open(context))).toBe("R7735");
  broker.intercept = (call) => {
    if (call === "createTopic") throw new Error("not allowed");
  };
  await expect(connector.open({ ...context, checkpointId: "c" })).rejects.toMatchObject({ code: "R7736", how: expect.stringContaining("cleanup.policy=compact") });
  expect(broker.openClients).toBe(0);
});

test("an encoder writes whole rows, and is told of the topic and the columns", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const encoder: MessageEncoder = {
    open: ({ topic, columns }) => Promise.resolve((row) => new TextEncoder().encode(`${topic ?? ""} ${columns.length} ${JSON.stringify(row)}`)),
  };
  const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "avro", encoder }).open({ ...sinkContext(new SimHost()), kafka: broker.factory });
  await runBatch(sink, batchOf(0), [["+I", 1, "a"]]);
  await sink.close();
  expect(broker.values("out")).toEqual(['out 2 {"id":1,"name":"a"}']);
});

test("a bounded run whose commit is not answered says that nobody knows, and what to do", async () => {
  const broker = new KafkaInMemory();
  broker.intercept = (call, moment) => {
    if (call === "commit" && moment === "after") throw new Error("the answer is lost");
  };
  const queues = new QueueRegistry();
  queues.handle("rows").add([{ id: 1, name: "a" }]);
  queues.handle("rows").close();
  const { harness } = started({ text: rows, options: { delivery: "exactly once" } }, broker, { mode: "batch", queues, checkpoint: null });
  await harness.finish();
  expect(harness.failure).toMatchObject({ code: "R7745", what: "it is not known whether the brokers have committed the rows of out: the answer is lost" });
});

test("a batch that was committed is not sent again where its query has more sinks, or fewer, when it is started again", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("two");
  const { harness } = started({ text: rows, options: { delivery: "exactly once" } }, broker);
  const job = kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } });
  const more: JobDefinition = {
    ...job,
    queries: job.queries.map((query) => ({ ...query, outputs: query.outputs.flatMap((output) => [output, { ...output, name: "two", sink: () => kafkaSink({ brokers: "b:1", topic: "two", format: "json", delivery: "exactly once" }) }]) })),
  };
  harness.add("rows", [{ id: 1, name: "a" }]);
  harness.crashAt("kafka.committed");
  await harness.settle();
  const second = startKafkaHarness(broker, more, { host: harness.host.afterCrash("kill") });
  await second.settle();
  expect(second.failure).toBeUndefined();
  expect(broker.values("out")).toEqual(['{"id":1,"name":"a"}']);
  second.crashAt("kafka.committed");
  second.add("rows", [{ id: 2, name: "b" }]);
  await second.settle();
  const third = startKafkaHarness(broker, job, { host: second.host.afterCrash("kill") });
  await third.settle();
  await third.stop();
  expect(third.failure).toBeUndefined();
  expect(broker.values("out")).toEqual(['{"id":1,"name":"a"}', '{"id":2,"name":"b"}']);
});

test("an abort does not overtake messages that are on their way: it waits for them, and then leaves their transaction to the next start", async () => {
  for (const arrives of [true, false]) {
    const broker = new KafkaInMemory();
    broker.createTopic("out");
    const calls: string[] = [];
    let release = (): void => undefined;
    broker.intercept = (call, moment) => {
      if (call === "send" || call === "abort") calls.push(`${call} ${moment}`);
      return call === "send" && moment === "before" ? new Promise((resolve) => (release = resolve)) : undefined;
    };
    const interruption = new AbortController();
    const host = new SimHost({ autoAdvance: !arrives });
    const sink = await kafkaSink({ brokers: "b:1", topic: "out", format: "json", delivery: "exactly once", commitsTopic: "commits" }).open({ ...sinkContext(host), kafka: broker.factory, signal: interruption.signal });
    sink.begin(batchOf(0));
    sink.write("+I", { id: 1, name: "a" });
    const prepared = sink.prepare(batchOf(0));
    await new Promise((resolve) => setImmediate(resolve));
    interruption.abort(new Error("interrupted"));
    await expect(prepared).rejects.toThrow("interrupted");
    const closed = sink.close();
    if (arrives) {
      await new Promise((resolve) => setImmediate(resolve));
      release();
    }
    await closed;
    expect(calls).toEqual(arrives ? ["send before", "send after", "abort before", "abort after"] : ["send before"]);
  }
});

test("an id that the brokers have forgotten is taken anew where nothing was sent, if nobody else had it", async () => {
  const forgotten = new SluiceRuntimeError({ code: "R7747", what: "forgotten", how: "start again" });
  const broker = new KafkaInMemory();
  const { harness } = started({ text: rows, options: { delivery: "exactly once" } }, broker);
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  let fails = 1;
  let producers = 0;
  broker.intercept = (call, moment) => {
    if (call === "producer" && moment === "before") producers++;
    if (call === "send" && moment === "before" && fails-- > 0) throw forgotten;
  };
  await harness.step({ rows: [{ id: 2, name: "b" }] });
  expect(harness.failure).toBeUndefined();
  expect(producers).toBe(1);
  expect(broker.values("out")).toEqual(['{"id":1,"name":"a"}', '{"id":2,"name":"b"}']);
  const [mine] = broker.messages("sluice-commits");
  broker.append("sluice-commits", 0, { key: mine?.key ?? null, value: JSON.stringify({ query: "out", batch: 7, run: 9 }) });
  fails = 1;
  await harness.step({ rows: [{ id: 3, name: "c" }] });
  expect(harness.failure).toMatchObject({ code: "R7738" });
  expect(broker.values("out")).toHaveLength(2);
});

test("an id that is forgotten in the middle of a transaction loses it", async () => {
  const broker = new KafkaInMemory();
  const { harness } = started({ text: rows, options: { delivery: "exactly once", maxPendingBytes: 4 } }, broker);
  let sends = 0;
  broker.intercept = (call, moment) => {
    if (call === "send" && moment === "before" && ++sends === 2) throw new SluiceRuntimeError({ code: "R7747", what: "forgotten", how: "start again" });
  };
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  expect(harness.failure).toMatchObject({ code: "R7737", what: "the transaction of batch 0 of out is lost: forgotten" });
  expect(broker.values("out")).toEqual([]);
});
