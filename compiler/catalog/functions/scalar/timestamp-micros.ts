import { timestampType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The timestamp so many microseconds after the epoch. */
export const timestampMicros = datetimeFunction({
  name: "timestamp_micros",
  summary: "The timestamp so many microseconds after the epoch.",
  required: ["exact long"],
  result: timestampType,
  kernel: "timestampOfMicros",
  canFail: true,
});
