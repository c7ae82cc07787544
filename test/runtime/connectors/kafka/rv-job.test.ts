import { test } from "vitest";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { kafkaSinkJob, startKafkaHarness } from "../../../support/kafka-sink-job.ts";
import { kafkaSink, kafkaSource } from "../../../../runtime/connectors/kafka.ts";
import { asap, continuous } from "../../../../runtime/index.ts";
import { startHarness } from "../../../../runtime/testing/harness.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { handMadeJob, rowsOf } from "../../query/hand-made-job.ts";
import type { JobDefinition, TriggerDefinition } from "../../../../runtime/query/definition.ts";
import { VolatileLog } from "../../../../runtime/connectors/volatile-log.ts";
import { batchesOf, openStream, valuesOf } from "./support.ts";

const turn = async (n = 30) => { for (let i = 0; i < n; i++) await new Promise((r) => setImmediate(r)); };
const never = () => new Promise<void>(() => {});
const rows = "source rows: { id: long, name: string? } from queue()\nsink out = rows into discard()";

function copying(trigger: TriggerDefinition, options: object = {}): JobDefinition {
  const job = handMadeJob(["s"], {
    trigger,
    sink: kafkaSink({ brokers: "memory:9092", topic: "out", format: "json" }),
    build: ({ output }) => ({ reads: { s: (batch) => rowsOf(batch).forEach(([{ k = "" }]) => output.insert({ k })) } }),
  });
  const [query] = job.queries;
  const connector = (): ReturnType<typeof kafkaSource> => kafkaSource({ brokers: "memory:9092", subscribe: "in", startingOffsets: "earliest", ...options });
  const reads = Object.fromEntries(Object.entries(query!.reads).map(([name, read]) => [name, { ...read, connector }]));
  return { ...job, queries: [{ ...query!, reads }] };
}

test("RV11 a continuous query whose brokers are away does not end, neither by stop nor by interrupt", async () => {
  const kafka = new KafkaInMemory();
  kafka.createTopic("in"); kafka.createTopic("out");
  const host = new SimHost();
  const harness = startHarness(copying(continuous(1_000_000)), { host, kafka: kafka.factory });
  await turn();
  kafka.append("in", 0, '{"k":"1"}');
  await turn();
  kafka.intercept = (call, moment) => (call === "partitions" && moment === "before" ? never() : undefined);
  await harness.advance(10_000);
  await turn();
  let ended = "HANGS";
  void harness.stop().then(() => (ended = "ends"));
  await turn(); await harness.advance(60_000); await turn();
  console.log("RV11 stop:", ended);
  void harness.query.interrupt().then(() => (ended = "ends"));
  await turn(); await harness.advance(600_000); await turn();
  console.log("RV11 then interrupt, ten minutes later:", ended, "committed:", harness.host.fs.list("/checkpoints/out/commits"));
});

test("RV11b a micro-batch query that replays a batch while brokers are away", async () => {
  const kafka = new KafkaInMemory();
  kafka.createTopic("in"); kafka.createTopic("out");
  const host = new SimHost();
  let harness = startHarness(copying(asap, { commitOffsetsTo: "g" }), { host, kafka: kafka.factory });
  await turn();
  kafka.append("in", 0, '{"k":"1"}');
  await harness.settle();
  kafka.intercept = (call, moment) => (call === "commitOffsets" && moment === "before" ? never() : undefined);
  kafka.append("in", 0, '{"k":"2"}');
  await harness.settle();
  let ended = "HANGS";
  void harness.stop().then(() => (ended = "ends"));
  await turn(); await harness.advance(600_000); await turn();
  console.log("RV11b stop with commitOffsetsTo:", ended, "lock kept:", harness.host.fs.list("/checkpoints/out"));
});

test("RV15 processAllAvailable under continuous after a partition was added", async () => {
  const kafka = new KafkaInMemory();
  kafka.createTopic("in"); kafka.createTopic("out");
  const harness = startHarness(copying(continuous(1_000_000)), { host: new SimHost(), kafka: kafka.factory });
  await turn();
  kafka.append("in", 0, '{"k":"1"}');
  await turn();
  kafka.addPartitions("in", 2);
  await harness.advance(30_000);
  await turn();
  let ended = "HANGS";
  void harness.settle().then(() => (ended = "ends"));
  for (let i = 0; i < 20; i++) { await turn(); await harness.advance(2000); }
  console.log("RV15", ended);
  kafka.append("in", 1, '{"k":"2"}');
  for (let i = 0; i < 5; i++) { await turn(); await harness.advance(2000); }
  console.log("RV15 after another message", ended);
});

test("RV9 interrupted while the marker is on its way", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const calls: string[] = [];
  let release = (): void => {};
  broker.intercept = (call, moment, detail) => {
    if (["send", "abort", "commit", "begin", "close"].includes(call)) calls.push(`${call} ${moment}${call === "send" ? ` ${(detail as { topic: string }[])[0]?.topic}` : ""}`);
    if (call === "send" && moment === "before" && (detail as { topic: string }[])[0]?.topic === "sluice-commits") return new Promise((r) => (release = r));
    return undefined;
  };
  const harness = startKafkaHarness(broker, kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } }));
  harness.add("rows", [{ id: 1, name: "a" }]);
  await turn();
  const ended = harness.query.interrupt().catch(() => {});
  await turn();
  release();
  await ended;
  console.log("RV9", calls.join(", "), "|", String(harness.failure));
});

test("RV12 interrupted while markers are read", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  let harness = startKafkaHarness(broker, kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } }));
  await harness.step({ rows: [{ id: 1, name: "a" }] });
  await harness.stop();
  const text = kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } });
  // a client that just ends when it is interrupted, as that of kafkajs does
  const factory: typeof broker.factory = async (options) => {
    const client = await broker.factory(options);
    return { ...client, fetch: async function* (ranges, o) { await new Promise<void>((r) => o.signal.addEventListener("abort", () => r())); } };
  };
  const second = startHarness(text, { host: harness.host, kafka: factory });
  await turn();
  await second.query.interrupt().catch(() => {});
  console.log("RV12", String(second.failure).slice(0, 200));
});

test("RV16 bounded exactly once: the answer to the commit is lost", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  broker.intercept = (call, moment) => { if (call === "commit" && moment === "after") throw new Error("the answer is lost"); };
  const run = async () => {
    const harness = startKafkaHarness(broker, kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } }), { mode: "batch", checkpoint: null });
    harness.add("rows", [{ id: 1, name: "a" }]);
    await harness.finish();
    return String(harness.failure);
  };
  console.log("RV16", await run(), broker.values("out"));
});

test("RV17 a sink is added between the crash and the restart", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("out"); broker.createTopic("two");
  const job = kafkaSinkJob({ text: rows, options: { delivery: "exactly once" } });
  const harness = startKafkaHarness(broker, job);
  harness.add("rows", [{ id: 1, name: "a" }]);
  harness.crashAt("kafka.committed");
  await harness.settle();
  const [query] = job.queries;
  const [output] = query!.outputs;
  const two = kafkaSinkJob({ text: "source rows: { id: long, name: string? } from queue()\nsink out = rows into discard()\nsink two = rows into discard()", options: { delivery: "exactly once" } });
  void two;
  const more: JobDefinition = { ...job, queries: [{ ...query!, outputs: [output!, { ...output!, name: "two", sink: () => kafkaSink({ brokers: "localhost:9092", topic: "two", format: "json", delivery: "exactly once" }) }] }] };
  const second = startHarness(more, { host: harness.host.afterCrash("kill"), kafka: broker.factory });
  second.add("rows", []);
  await second.settle();
  await second.stop();
  console.log("RV17", broker.values("out"), broker.values("two"), String(second.failure));
});

test("RV14 a batch that is run again after its topic was made anew", async () => {
  for (const failOnDataLoss of [true, false]) {
    const broker = new KafkaInMemory();
    broker.createTopic("t");
    broker.appendNumbers("t", 0, 0, 3);
    const log = new VolatileLog();
    const one = await openStream(broker, { subscribe: "t", startingOffsets: "earliest", failOnDataLoss }, { log });
    const [b] = await batchesOf(one);
    broker.appendNumbers("t", 0, 3, 3);
    const planned = await one.source.latest(b!.to, 1, false);
    // crash after offsets/1; the topic is made anew
    broker.deleteTopic("t"); broker.createTopic("t"); broker.appendNumbers("t", 0, 100, 8);
    const two = await openStream(broker, { subscribe: "t", startingOffsets: "earliest", failOnDataLoss }, { log });
    const replay = await valuesOf(two.source.read(b!.to, planned!)).catch(String);
    const after = await batchesOf(two, planned, 2).catch(String);
    console.log("RV14", failOnDataLoss, b!.to, planned, "replay", replay, "then", JSON.stringify(after), two.warnings);
  }
});
