import type { Connector } from "./connector.ts";

/** Takes everything and keeps nothing: for measuring. */
export const discard: Connector = {
  name: "discard",
  sink: {
    options: [],
    formats: [],
    modes: ["append", "update", "complete"],
    takes: ["+I", "+U", "-D", "-U"],
    delivery: "at least once",
    needsCheckpoint: false,
    sendsAtOnce: true,
    ordered: false,
    factory: "discardSink",
  },
};
