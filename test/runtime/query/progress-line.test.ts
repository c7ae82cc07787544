import { expect, it } from "vitest";
import { progressLine } from "../../../runtime/query/progress-line.ts";
import type { QueryProgress } from "../../../runtime/query/progress.ts";

const progress: QueryProgress = {
  id: "i", runId: "r", name: "ranking", timestamp: "2024-01-01T00:00:00.000Z", batchId: 7, batchDuration: 10, numInputRows: 2500,
  inputRowsPerSecond: undefined, processedRowsPerSecond: 35_119.6, durationMs: {}, eventTime: { watermark: "2024-01-01T00:10:00.000Z" },
  stateOperators: [], sources: [], sink: { description: "MemorySink", numOutputRows: 3 }, malformedRows: 0,
};

it("says in one line where a query is", () => {
  expect(progressLine(progress, { inputRows: 20_000, outputRows: 412 }, 9)).toBe("ranking    batch 7  20,000 rows  412 out  wm 2024-01-01 00:10:00  35,120/s");
});

it("never fills more than a terminal's line", () => {
  const long = { ...progress, name: "a".repeat(60), batchId: 123_456_789 };
  expect(progressLine(long, { inputRows: 1e15, outputRows: 1e15 }, 60)).toHaveLength(79);
});

it("leaves out a rate that is none", () => {
  expect(progressLine({ ...progress, processedRowsPerSecond: Infinity, eventTime: {} }, { inputRows: 1, outputRows: 1 }, 7)).toBe("ranking  batch 7  1 rows  1 out");
});
