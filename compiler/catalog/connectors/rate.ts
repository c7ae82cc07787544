import { durationType, intType, longType, timestampType } from "../../ir/types/data-type.ts";
import { atLeast } from "./at-least.ts";
import type { CheckTogether, Connector } from "./connector.ts";
import { notNegative } from "./not-negative.ts";

const ofBatches = ["startTimestamp", "advancePerBatch"];

const check: CheckTogether = (given) => {
  const byBatch = given.has("rowsPerBatch");
  const byTime = ["rowsPerSecond", "rampUpTime"].find((name) => given.has(name));
  if (byBatch && byTime !== undefined) return { option: "rowsPerBatch", message: `\`rowsPerBatch\` and \`${byTime}\` do not go together: rows come by the batch or by the clock`, help: "keep one of them" };
  const alone = byBatch ? undefined : ofBatches.find((name) => given.has(name));
  if (alone !== undefined) return { option: alone, message: `\`${alone}\` is for rows that come by the batch`, help: "add `rowsPerBatch: …`, or leave it out" };
  return undefined;
};

/**
 * Numbered rows at a rate, for trying things out: by the clock (Spark's RateStreamProvider), or with `rowsPerBatch` the same rows in
 * every run (Spark's RatePerMicroBatchProvider).
 */
export const rate: Connector = {
  name: "rate",
  source: {
    options: [
      { name: "rowsPerSecond", type: longType, position: 0, check: atLeast("rowsPerSecond", 1) },
      { name: "rampUpTime", type: durationType, check: notNegative("rampUpTime") },
      { name: "numPartitions", type: intType, check: atLeast("numPartitions", 1) },
      { name: "rowsPerBatch", type: longType, check: atLeast("rowsPerBatch", 1) },
      { name: "startTimestamp", type: timestampType },
      { name: "advancePerBatch", type: durationType, check: notNegative("advancePerBatch") },
    ],
    checkTogether: check,
    unbounded: true,
    bounded: false,
    replayable: true,
    follows: true,
    formats: [],
    ownColumns: [
      { name: "timestamp", type: timestampType, nullable: false },
      { name: "value", type: longType, nullable: false },
    ],
    ownFormat: "json",
    factory: "rateSource",
  },
};
