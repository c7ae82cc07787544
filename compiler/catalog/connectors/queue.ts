import type { Connector } from "./connector.ts";

/** Batches handed in by a test or a program; for a table too. */
export const queue: Connector = {
  name: "queue",
  source: {
    options: [],
    unbounded: true,
    bounded: true,
    replayable: false,
    formats: ["json", "csv", "text"],
    laterFormats: ["avro"],
    ownColumns: undefined,
    factory: "queueSource",
  },
};
