import { booleanType, intType } from "../../ir/types/data-type.ts";
import { atLeast } from "./at-least.ts";
import type { Connector } from "./connector.ts";

/** A table a batch on standard output: at most `rows` rows, cells cut at 20 characters unless `truncate: false` (Spark's ConsoleSink). */
export const consoleConnector: Connector = {
  name: "console",
  sink: {
    options: [
      { name: "rows", type: intType, position: 0, check: atLeast("rows", 0) },
      { name: "truncate", type: booleanType, position: 1 },
    ],
    formats: [],
    modes: ["append", "update", "complete"],
    takes: ["+I", "+U", "-D", "-U"],
    delivery: "at least once",
    needsCheckpoint: false,
    sendsAtOnce: true,
    ordered: true,
    factory: "consoleSink",
  },
};
