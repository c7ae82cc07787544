import type { Connector } from "./connector.ts";

/** A table in memory that is read with SQL while the query runs and after. */
export const memory: Connector = {
  name: "memory",
  sink: {
    options: [],
    formats: [],
    modes: ["append", "update", "complete"],
    takes: ["+I", "+U", "-D", "-U"],
    delivery: "exactly once",
    exactlyOnceBy: "(batches by number)",
    needsCheckpoint: false,
    sendsAtOnce: true,
    ordered: true,
    factory: "memorySink",
  },
};
