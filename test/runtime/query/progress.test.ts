import { expect, it } from "vitest";
import { progressJson, type QueryProgress } from "../../../runtime/query/progress.ts";
import { Harness } from "../../../runtime/testing/index.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText(
    `source clicks: { page: string, at: timestamp } from queue()
     sink pages = clicks |> watermark at delay 10 minutes late drop |> aggregate count() as n group by page into memory() mode complete
     sink plain = clicks into memory()`,
    { optimize: true },
  ),
);

const parsed = (progress: QueryProgress | undefined): unknown => (progress === undefined ? undefined : JSON.parse(progressJson(progress)));

async function started(query: string): Promise<Harness> {
  const harness = new Harness(job, { query });
  harness.start("declared");
  await harness.settle();
  return harness;
}

it("has Spark's fields in Spark's order, with what the batch did", async () => {
  const harness = await started("pages");
  await harness.advance(2_000);
  await harness.step({ clicks: [{ page: "/a", at: "2024-01-01T00:20:00Z" }, { page: "/b", at: "2024-01-01T00:40:00Z" }, { page: "/a", at: "2024-01-01T00:30:00Z" }] });
  const progress = harness.query.lastProgress;
  if (progress === undefined) throw new Error("there is no progress");
  expect(Object.keys(JSON.parse(progressJson(progress)) as object)).toEqual([
    "id", "runId", "name", "timestamp", "batchId", "batchDuration", "numInputRows", "inputRowsPerSecond", "durationMs", "eventTime", "stateOperators", "sources", "sink", "malformedRows",
  ]);
  expect(parsed(progress)).toMatchObject({
    name: "pages",
    timestamp: "2024-01-01T00:00:02.000Z",
    batchId: 0,
    numInputRows: 3,
    inputRowsPerSecond: 1.5,
    durationMs: { addBatch: 0, commitOffsets: 0, getBatch: 0, latestOffset: 0, queryPlanning: 0, triggerExecution: 0, walCommit: 0 },
    eventTime: { min: "2024-01-01T00:20:00.000Z", max: "2024-01-01T00:40:00.000Z", avg: "2024-01-01T00:30:00.000Z", watermark: "1970-01-01T00:00:00.000Z" },
    sink: { description: "MemorySink", numOutputRows: 2 },
  });
  expect(Object.keys(progress.durationMs).sort()).toEqual(["addBatch", "commitOffsets", "getBatch", "latestOffset", "queryPlanning", "triggerExecution", "walCommit"]);
  const [operator] = progress.stateOperators;
  expect(operator).toEqual({
    operatorName: "pages/aggregate",
    numRowsTotal: 2,
    numRowsUpdated: 2,
    allUpdatesTimeMs: 0,
    numRowsRemoved: 0,
    allRemovalsTimeMs: 0,
    commitTimeMs: 0,
    memoryUsedBytes: operator?.memoryUsedBytes,
    numRowsDroppedByWatermark: 0,
    numShufflePartitions: 8,
    numStateStoreInstances: 8,
  });
  expect(operator?.memoryUsedBytes).toBeGreaterThan(40);
  await harness.stop();
});

it("is there for an idle query every ten seconds: the next batch's id, what is kept, and nothing counted", async () => {
  const harness = await started("pages");
  // Before the first batch nothing is known of the sink.
  expect(parsed(harness.query.lastProgress)).toMatchObject({ batchId: 0, numInputRows: 0, sink: { numOutputRows: -1 } });
  await harness.step({ clicks: [{ page: "/a", at: "2024-01-01T00:20:00Z" }] });
  await harness.advance(10_000);
  expect(harness.query.recentProgress.map(({ batchId, numInputRows }) => [batchId, numInputRows])).toEqual([[0, 0], [0, 1], [1, 0]]);
  const idle = harness.query.lastProgress;
  expect(parsed(idle)).toMatchObject({
    timestamp: "2024-01-01T00:00:10.000Z",
    inputRowsPerSecond: 0,
    eventTime: { watermark: "2024-01-01T00:10:00.000Z" },
    stateOperators: [{ numRowsTotal: 1, numRowsUpdated: 0 }],
    sources: [{ numInputRows: 0 }],
    sink: { numOutputRows: 0 },
  });
  expect(Object.keys(idle?.durationMs ?? {}).sort()).toEqual(["latestOffset", "triggerExecution"]);
  expect(Object.keys(idle?.eventTime ?? {})).toEqual(["watermark"]);
  expect(idle?.sources[0]?.startOffset).toBe(idle?.sources[0]?.endOffset);
  await harness.stop();
});

it("leaves out what is not there: rates of two triggers in one millisecond, event times without a watermark", async () => {
  const harness = await started("plain");
  await harness.step({ clicks: [{ page: "/a", at: "2024-01-01T00:20:00Z" }] });
  const progress = parsed(harness.query.lastProgress);
  for (const field of ["inputRowsPerSecond", "processedRowsPerSecond", "eventTime"]) expect(progress).not.toHaveProperty(field);
  await harness.stop();
});

it("keeps the last hundred", async () => {
  const harness = await started("plain");
  for (let at = 0; at < 105; at++) await harness.step({ clicks: [{ page: String(at), at: "2024-01-01T00:20:00Z" }] });
  expect(harness.query.recentProgress.map(({ batchId }) => batchId)).toEqual(Array.from({ length: 100 }, (_, at) => at + 5));
  await harness.stop();
});
