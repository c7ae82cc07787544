import { longType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The whole milliseconds from the epoch to a timestamp, rounded down. */
export const unixMillis = datetimeFunction({
  name: "unix_millis",
  summary: "The whole milliseconds from the epoch to a timestamp, rounded down.",
  required: ["exact timestamp"],
  result: longType,
  kernel: "unixMillis",
  canFail: false,
});
