import { expect, it } from "vitest";
import { kafkaSink, kafkaSource } from "../../../runtime/connectors/kafka.ts";
import { asap, continuous } from "../../../runtime/index.ts";
import type { JobDefinition, TriggerDefinition } from "../../../runtime/query/definition.ts";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../support/kafka-in-memory.ts";
import { handMadeJob, rowsOf } from "./hand-made-job.ts";

/** From the topic `in` to the topic `out`: the keys of the rows. */
function copying(trigger: TriggerDefinition): JobDefinition {
  const job = handMadeJob(["s"], {
    trigger,
    sink: kafkaSink({ brokers: "memory:9092", topic: "out", format: "json" }),
    build: ({ output }) => ({ reads: { s: (batch) => rowsOf(batch).forEach(([{ k = "" }]) => output.insert({ k })) } }),
  });
  const [query] = job.queries;
  if (query === undefined) throw new TypeError("no query");
  const connector = (): ReturnType<typeof kafkaSource> => kafkaSource({ brokers: "memory:9092", subscribe: "in", startingOffsets: "earliest" });
  const reads = Object.fromEntries(Object.entries(query.reads).map(([name, read]) => [name, { ...read, connector }]));
  return { ...job, queries: [{ ...query, reads }] };
}

function broker(): KafkaInMemory {
  const kafka = new KafkaInMemory();
  kafka.createTopic("in", 2);
  kafka.createTopic("out");
  return kafka;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const row = (k: number | string): string => `{"k":"${k}"}`;
const keysIn = (kafka: KafkaInMemory): readonly string[] => kafka.values("out").map((value) => String((JSON.parse(value ?? "{}") as { k: string }).k));
const every = continuous(1_000_000);

it("sends a message before any interval has passed", async () => {
  const kafka = broker();
  const host = new SimHost();
  const harness = startHarness(copying(every), { host, kafka: kafka.factory });
  await settled();
  kafka.append("in", 0, row(1));
  await settled();
  expect(keysIn(kafka)).toEqual(["1"]);
  kafka.append("in", 1, row(2), row(3));
  await settled();
  expect(keysIn(kafka)).toEqual(["1", "2", "3"]);
  expect(host.fs.list("/checkpoints/out/offsets") ?? []).toEqual([]);
  await harness.settle();
  expect(harness.query.lastProgress?.sources[0]?.endOffset).toBe('{"in":{"0":1,"1":2}}');
  expect(await harness.settle()).toEqual([]);
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(kafka.openClients).toBe(0);
});

it("loses nothing and repeats at most what came since the last entry of the checkpoint, wherever it crashes", async () => {
  const points = ["batch.chunk", "kafka.sent", "batch.rows-read", "batch.planned", "offsets.synced", "sinks.before-prepare", "kafka.flushed", "kafka.before-commit", "kafka.committed", "sinks.committed", "batch.ended"];
  for (const point of points) {
    const kafka = broker();
    const harness = startHarness(copying(every), { host: new SimHost(), kafka: kafka.factory });
    let next = 0;
    const append = async (): Promise<void> => {
      for (let n = 0; n < 3; n++) kafka.append("in", n % 2, row(next++));
      await settled();
    };
    await settled();
    await append();
    await harness.settle();
    const kept = next;
    harness.crashAt(point, 1);
    await append();
    await harness.advance(1000);
    await settled();
    expect(harness.failure?.name, point).toBe("SimulatedCrash");
    await harness.restart();
    await append();
    await harness.settle();
    const keys = keysIn(kafka);
    expect(new Set(keys), point).toEqual(new Set(Array.from({ length: next }, (_, at) => String(at))));
    for (let n = 0; n < kept; n++) expect(keys.filter((key) => key === String(n)), `${point}: ${n}`).toHaveLength(1);
    await harness.stop();
    expect(harness.failure, point).toBeUndefined();
  }
});

it("goes on as micro-batches and back, and passes what transactions leave behind", async () => {
  const kafka = broker();
  const host = new SimHost();
  const expected: string[] = [];
  for (const [at, trigger] of [every, asap, every, asap].entries()) {
    const harness = startHarness(copying(trigger), { host, kafka: kafka.factory });
    await settled();
    kafka.append("in", at % 2, row(at));
    expected.push(String(at));
    const transaction = kafka.begin();
    transaction.append("in", 0, row("never"));
    transaction.abort();
    await settled();
    await harness.settle();
    expect(keysIn(kafka)).toEqual(expected);
    await harness.stop();
    expect(harness.failure).toBeUndefined();
  }
});

it("waits for a sink that does not answer, and ends when it is interrupted", async () => {
  const kafka = broker();
  const harness = startHarness(copying(every), { host: new SimHost(), kafka: kafka.factory });
  await settled();
  kafka.intercept = (call, moment) => (call === "send" && moment === "before" ? new Promise(() => {}) : undefined);
  kafka.append("in", 0, row(1));
  await settled();
  await harness.advance(3000);
  expect(keysIn(kafka)).toEqual([]);
  const ended = harness.query.interrupt();
  await settled();
  await harness.advance(20_000);
  await ended;
  expect(harness.failure).toMatchObject({ code: "R7605" });
});

it("ends, stopped or interrupted, while brokers do not say which partitions there are", async () => {
  const kafka = broker();
  const harness = startHarness(copying(every), { host: new SimHost(), kafka: kafka.factory });
  await settled();
  kafka.append("in", 0, row(1));
  await settled();
  kafka.intercept = (call, moment) => (call === "partitions" && moment === "before" ? new Promise<void>(() => {}) : undefined);
  await harness.advance(10_000);
  await settled();
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(harness.host.fs.list("/checkpoints/out/commits")).toContain("0");
});

it("has processed everything also after a partition was added that holds nothing", async () => {
  const kafka = broker();
  const harness = startHarness(copying(every), { host: new SimHost(), kafka: kafka.factory });
  await settled();
  kafka.append("in", 0, row(1));
  await settled();
  kafka.addPartitions("in", 3);
  await harness.advance(30_000);
  await settled();
  await harness.settle();
  expect(harness.query.lastProgress?.sources[0]?.endOffset).toBe('{"in":{"0":1,"1":0,"2":0}}');
  await harness.stop();
});
