import type { Connector, SinkCapabilities } from "./connector.ts";

const userCode = {
  formats: [],
  modes: ["append", "update", "complete"],
  takes: ["+I", "+U", "-D"],
  delivery: "at least once",
  needsCheckpoint: false,
  ordered: true,
  isUserCode: true,
} satisfies Partial<SinkCapabilities>;

/** Row by row to an imported writer (Spark: ForeachWriter). */
export const foreach: Connector = {
  name: "foreach",
  sink: { ...userCode, options: [{ name: "writer", type: "imported", required: true, position: 0 }], sendsAtOnce: true, factory: "foreachSink" },
};

/** Batch by batch to an imported function (Spark: foreachBatch). */
export const foreachBatch: Connector = {
  name: "foreachBatch",
  sink: { ...userCode, options: [{ name: "function", type: "imported", required: true, position: 0 }], factory: "foreachBatchSink", entry: "foreach-batch" },
};
