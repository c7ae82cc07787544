import { timestampType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The timestamp so many milliseconds after the epoch. */
export const timestampMillis = datetimeFunction({
  name: "timestamp_millis",
  summary: "The timestamp so many milliseconds after the epoch.",
  required: ["exact long"],
  result: timestampType,
  kernel: "timestampOfMillis",
  canFail: true,
});
