import { expect, it } from "vitest";
import { faultPoints } from "../../runtime/host/fault-points.ts";
import type { QuerySample } from "../support/query-sample.ts";
import { KafkaInMemory } from "../support/kafka-in-memory.ts";
import { kafkaSinkJob, startKafkaHarness } from "../support/kafka-sink-job.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { runSample } from "../support/run-sample.ts";
import { userJob } from "../support/user-job.ts";
import { startHarness, type Harness } from "../../runtime/testing/index.ts";

/** Long enough that logs are purged, state is written whole, and the sink's manifest is compacted. */
const batches = 112;

const sample: QuerySample = {
  job: loadJob(
    compileText(
      `schema Row { k: string, v: long }
       source rows: Row from file("in/rows", format: "json", maxFilesPerTrigger: 1)
       source few: Row from file("in/few", format: "json", maxFilesPerTrigger: 1, cleanSource: "archive", sourceArchiveDir: "archive")
       sink newest = few |> aggregate sum(v) as total into file("out/newest", format: "json", replace: true) mode complete
       sink copies = rows |> where v >= 0 into file("out/copies", format: "json")
       sink sums = rows |> aggregate count() as n, sum(v) as total group by k into memory() mode complete`,
      { optimize: true },
    ),
  ),
  mode: "drain",
  params: {},
  env: {},
  inputs: [...Array.from({ length: 5 }, (_, at) => ({ path: `in/few/${at}.jsonl`, bytes: Buffer.from(`{"k":"few","v":${at}}\n`) })), ...Array.from({ length: batches }, (_, at) => ({ path: `in/rows/${1000 + at}.jsonl`, bytes: Buffer.from(`{"k":"k${at % 7}","v":${at}}\n{"k":"all","v":1}\n`) }))],
  queues: {},
};

const straight = await runSample(sample);

it("gives what it must", () => {
  expect(straight.results["newest"]).toEqual(['{"total":10}']);
  expect(straight.results["copies"]).toHaveLength(2 * batches);
  expect(straight.results["sums"]).toContain(`{"k":"all","n":${batches},"total":${batches}}`);
});

/** A query over a queue, whose source keeps what was handed in: a row a batch. Restarted whenever it has crashed. */
async function runQueue(plan: (harness: Harness) => void): Promise<{ readonly total: string; readonly reached: readonly string[]; readonly crashes: number }> {
  const job = loadJob(compileText(`source rows: { v: long } from queue()\nsink sums = rows |> aggregate sum(v) as total into memory() mode complete`, { optimize: true }));
  const harness = startHarness(job);
  plan(harness);
  const reached: string[] = [];
  let crashes = 0;
  for (let row = 1; row <= batches; row++) {
    harness.add("rows", [{ v: row }]);
    await harness.settle();
    for (; harness.failure !== undefined; crashes++) {
      reached.push(...harness.host.reached);
      await harness.restart();
    }
  }
  await harness.stop();
  const { rows } = await harness.sql("select total from sums");
  return { total: JSON.stringify(rows), reached: [...reached, ...harness.host.reached], crashes };
}

const quiet = await runQueue(() => {});

/** A writer and a function of the user's take the rows of a batch. */
async function runUserCode(): Promise<readonly string[]> {
  const { job } = userJob(
    `import { save, writer } from "./own.ts"
     source rows: { v: double } from queue()
     option sinks = "together"
     sink one = rows into foreach(writer)
     sink all = rows into foreachBatch(save)`,
    { "./own.ts": "export const writer = { process(row: { v: number }): void {} };\nexport function save(rows: readonly { v: number }[], batchId: number): void {}\n" },
  );
  const harness = startHarness(job);
  harness.add("rows", [{ v: 1 }]);
  await harness.settle();
  await harness.stop();
  return harness.host.reached;
}

/** A sink that writes to Kafka exactly once. */
async function runKafka(): Promise<readonly string[]> {
  const broker = new KafkaInMemory();
  broker.createTopic("out");
  const harness = startKafkaHarness(broker, kafkaSinkJob({ text: "source rows: { v: long } from queue()\nsink out = rows into discard()", options: { delivery: "exactly once" } }));
  await harness.step({ rows: [{ v: 1 }] });
  await harness.stop();
  return harness.host.reached;
}

it("every fault point is reached by a long run that is killed once", async () => {
  // A target is put in order only where a crash has left something.
  const killed = await runSample(sample, { crash: { point: "sink-manifest.durable", occurrence: 3, loss: "kill" } });
  const reached = new Set([...straight.reached, ...killed.reached, ...killed.reachedLater, ...quiet.reached, ...(await runUserCode()), ...(await runKafka())]);
  // Those of a checkpoint that is divided have their own test: test/runtime/reshard/reshard-crashes.test.ts.
  expect(faultPoints.filter((point) => !reached.has(point) && !/^(?:reshard|shards)\./.test(point))).toEqual([]);
  expect([...reached].filter((point) => !faultPoints.some((listed) => listed === point))).toEqual([]);
});

it("gives the same after a crash while a source's log is purged", async () => {
  expect(quiet.total).toContain(String((batches * (batches + 1)) / 2));
  const crashed = await runQueue((harness) => harness.crashAt("purge.source-log-removed", 2));
  expect(crashed.crashes).toBe(1);
  expect(crashed.total).toBe(quiet.total);
});

const onlyInLongRuns = faultPoints.filter((point) => /^(?:purge|sink-compact|state-snapshot)\./.test(point) && point !== "purge.source-log-removed");

it.each(onlyInLongRuns)("gives the same after a crash at %s, which only a long run reaches", async (point) => {
  const count = straight.reached.filter((reached) => reached === point).length;
  expect(count).toBeGreaterThan(0);
  for (const [occurrence, loss] of [[1, "power loss"], [count, "kill"]] as const) {
    const outcome = await runSample(sample, { crash: { point, occurrence, loss } });
    expect(outcome.crashed).toBe(true);
    expect(outcome.results).toEqual(straight.results);
  }
});
