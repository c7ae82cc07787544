import { booleanType } from "../../ir/types/data-type.ts";
import type { Connector } from "./connector.ts";

/** Batches handed in by a test or a program; for a table too. */
export const queue: Connector = {
  name: "queue",
  source: {
    options: [{ name: "oneAtATime", type: booleanType }],
    unbounded: true,
    bounded: true,
    replayable: false,
    recordedFirst: true,
    formats: ["json", "csv", "text"],
    ownColumns: undefined,
    factory: "queueSource",
  },
};
