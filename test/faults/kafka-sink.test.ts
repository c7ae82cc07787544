import { expect, it } from "vitest";
import { KafkaInMemory, type KafkaCall } from "../support/kafka-in-memory.ts";
import { kafkaSinkJob, startKafkaHarness } from "../support/kafka-sink-job.ts";
import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import type { Harness } from "../../runtime/testing/harness.ts";

const text = 'source rows: { id: long } from queue()\nsink out = rows into discard()';

/** Small requests, so that a batch takes several. */
const exactlyOnce = kafkaSinkJob({ text, options: { delivery: "exactly once", maxPendingBytes: 1200 } });
const atLeastOnce = kafkaSinkJob({ text, options: { maxPendingBytes: 1200 } });

const batches = 4;
const perBatch = 15;

const expected = Array.from({ length: batches * perBatch }, (_, id) => JSON.stringify({ id }));

function newBroker(): KafkaInMemory {
  const broker = new KafkaInMemory();
  broker.createTopic("out", 3);
  return broker;
}

/** The rows of a batch; the third has none that reach the sink. */
function rowsOf(batch: number): readonly { readonly id: number }[] {
  return Array.from({ length: perBatch }, (_, at) => ({ id: batch * perBatch + at }));
}

/** Hands in batch after batch, and starts the query again whenever it has ended. */
async function run(harness: Harness, loss: "kill" | "power loss" = "kill"): Promise<readonly string[]> {
  const failures: string[] = [];
  await harness.settle();
  for (let batch = 0; batch < batches; batch++) {
    harness.add("rows", rowsOf(batch));
    await harness.settle();
    for (let restarts = 0; harness.failure !== undefined && restarts < 5; restarts++) {
      failures.push(harness.failure instanceof SluiceRuntimeError ? harness.failure.code : harness.failure.name);
      await harness.restart({ loss });
    }
  }
  await harness.stop();
  return failures;
}

/** What a reader with `read_committed` sees, by id. */
function seen(broker: KafkaInMemory): readonly (string | null)[] {
  return [...broker.values("out")].sort((a, b) => idOf(a) - idOf(b));
}

function idOf(value: string | null): number {
  const row: unknown = JSON.parse(value ?? "{}");
  return typeof row === "object" && row !== null && "id" in row ? Number(row.id) : -1;
}

const quiet = newBroker();
const quietHarness = startKafkaHarness(quiet, exactlyOnce);
await run(quietHarness);
const reached = quietHarness.host.reached;
const points = [...new Set(reached)].filter((point) => /^(kafka|sinks|commits|offsets|batch)\./.test(point));

it("an undisturbed run sends every row once, in several requests a batch", () => {
  expect(quietHarness.failure).toBeUndefined();
  expect(seen(quiet)).toEqual(expected);
  expect(points.filter((point) => point.startsWith("kafka.")).sort()).toEqual(["kafka.before-commit", "kafka.begun", "kafka.committed", "kafka.flushed", "kafka.sent"]);
  expect(reached.filter((point) => point === "kafka.sent").length).toBeGreaterThan(2 * batches);
});

it.each(points)("exactly once: a crash at %s, each time that it is reached, and a restart, show every row once", async (point) => {
  const count = reached.filter((one) => one === point).length;
  for (let occurrence = 1; occurrence <= count; occurrence++) {
    for (const loss of ["kill", "power loss"] as const) {
      const broker = newBroker();
      const harness = startKafkaHarness(broker, exactlyOnce);
      harness.crashAt(point, occurrence);
      const failures = await run(harness, loss);
      expect(failures, `${point}:${occurrence}`).toEqual(["SimulatedCrash"]);
      expect(seen(broker), `${point}:${occurrence} ${loss}`).toEqual(expected);
    }
  }
});

it.each(points)("at least once: a crash at %s and a restart lose nothing, and a repeat has the headers of the first", async (point) => {
  const count = reached.filter((one) => one === point).length;
  const broker = newBroker();
  const harness = startKafkaHarness(broker, atLeastOnce);
  harness.crashAt(point, Math.ceil(count / 2));
  await run(harness);
  const byNumber = new Map<string, string>();
  for (const { value, headers } of broker.messages("out")) {
    const number = headers.map((header) => Buffer.from(header.value ?? []).toString()).join("/");
    const text = Buffer.from(value ?? []).toString();
    expect(byNumber.get(number) ?? text).toBe(text);
    byNumber.set(number, text);
  }
  expect([...byNumber.values()].sort((a, b) => idOf(a) - idOf(b))).toEqual(expected);
});

it.each(["kafka.sent", "kafka.flushed", "commits.opened"])("at least once: a result with state that is run again after a crash at %s gives every message its number again", async (point) => {
  const job = kafkaSinkJob({ text: "source rows: { id: long } from queue()\nsink out = rows |> aggregate count() as n, max(id) as newest group by id % 11 as k into discard() mode update", options: { maxPendingBytes: 1200 } });
  for (const occurrence of [1, 2, 3]) {
    const broker = newBroker();
    const harness = startKafkaHarness(broker, job);
    harness.crashAt(point, occurrence);
    expect(await run(harness)).toEqual(["SimulatedCrash"]);
    const byNumber = new Map<string, string>();
    for (const { value, headers } of broker.messages("out")) {
      const number = headers.map((header) => Buffer.from(header.value ?? []).toString()).join("/");
      const text = Buffer.from(value ?? []).toString();
      expect(byNumber.get(number) ?? text).toBe(text);
      byNumber.set(number, text);
    }
    expect(byNumber.size).toBe(11 * batches);
  }
});

const calls: readonly KafkaCall[] = ["begin", "send", "commit"];

it.each(calls.flatMap((call) => (["before", "after"] as const).map((moment) => [call, moment] as const)))("a failure of %s, %s it took effect, loses and repeats nothing", async (call, moment) => {
  for (let nth = 1; nth <= 4; nth++) {
    const broker = newBroker();
    let left = nth;
    broker.intercept = (called, when) => {
      if (called === call && when === moment && --left === 0) throw new SluiceRuntimeError({ code: "R7700", what: "no broker can be reached" });
    };
    const harness = startKafkaHarness(broker, exactlyOnce);
    const failures = await run(harness);
    // A commit that got through though its answer was lost is found by its marker, and the query goes on.
    expect(failures).toEqual(call === "commit" ? (moment === "after" ? [] : ["R7737"]) : ["R7700"]);
    expect(seen(broker)).toEqual(expected);
  }
});

it("a transaction that the brokers gave up fails the query and is not sent again behind its back; a restart sends it", async () => {
  const broker = newBroker();
  let id: string | undefined;
  let isDone = false;
  broker.intercept = (call, when, detail) => {
    if (call === "begin" && typeof detail === "string") id = detail;
    if (call !== "commit" || when !== "before" || isDone || id === undefined) return;
    isDone = true;
    broker.expire(id);
  };
  const harness = startKafkaHarness(broker, exactlyOnce);
  expect(await run(harness)).toEqual(["R7738"]);
  expect(seen(broker)).toEqual(expected);
});

it("a second process with the same checkpoint fences off the first, whose batch is not shown", async () => {
  const broker = newBroker();
  const first = startKafkaHarness(broker, exactlyOnce);
  await first.settle();
  await first.step({ rows: rowsOf(0) });
  let second: Harness | undefined;
  broker.intercept = async (call, when) => {
    if (call !== "commit" || when !== "before" || second !== undefined) return;
    // The other process finds the checkpoint as it is on disk, with the batch planned.
    second = startKafkaHarness(broker, exactlyOnce, { host: first.host.afterCrash("kill"), queues: first.queues });
    await second.settle();
  };
  await first.step({ rows: rowsOf(1) });
  expect(first.failure).toBeDefined();
  expect(second?.failure).toBeUndefined();
  await second?.stop();
  expect(seen(broker)).toEqual(expected.slice(0, 2 * perBatch));
});

it("a topic of markers that was lost ends the query instead of repeating rows", async () => {
  const broker = newBroker();
  const harness = startKafkaHarness(broker, exactlyOnce);
  await harness.step({ rows: rowsOf(0) });
  await harness.stop();
  broker.deleteTopic("sluice-commits");
  await harness.restart();
  expect(harness.failure).toMatchObject({ code: "R7739" });
  expect(seen(broker)).toEqual(expected.slice(0, perBatch));
});

it("a batch without rows needs no marker, and what the checkpoint knows of the batch before holds on", async () => {
  const broker = newBroker();
  const job = kafkaSinkJob({ text: text.replace("rows into", "rows |> where id < 15 or id >= 30 into"), options: { delivery: "exactly once" } });
  const harness = startKafkaHarness(broker, job);
  await harness.step({ rows: rowsOf(0) });
  await harness.step({ rows: rowsOf(1) });
  expect(broker.values("sluice-commits")).toHaveLength(1);
  await harness.restart();
  expect(harness.failure).toBeUndefined();
  harness.crashAt("kafka.flushed");
  await harness.step({ rows: [] });
  await harness.step({ rows: rowsOf(2) });
  await harness.restart({ loss: "kill" });
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(seen(broker)).toEqual([...expected.slice(0, perBatch), ...expected.slice(2 * perBatch, 3 * perBatch)]);
});

it("an open transaction of another sink in the topic of markers is waited for, and said", async () => {
  const broker = newBroker();
  broker.createTopic("sluice-commits");
  const other = broker.begin();
  other.append("sluice-commits", 0, "{}");
  const harness = startKafkaHarness(broker, exactlyOnce);
  harness.add("rows", rowsOf(0));
  const settled = harness.settle();
  for (let looks = 0; looks < 5; looks++) await harness.advance(200);
  expect(harness.warnings.filter((warning) => warning.includes("waiting for a transaction of another sink"))).toHaveLength(1);
  other.abort();
  await harness.advance(1000);
  await settled;
  await harness.stop();
  expect(seen(broker)).toEqual(expected.slice(0, perBatch));
});
