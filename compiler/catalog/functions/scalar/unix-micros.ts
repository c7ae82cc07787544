import { longType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The microseconds from the epoch to a timestamp. */
export const unixMicros = datetimeFunction({
  name: "unix_micros",
  summary: "The microseconds from the epoch to a timestamp.",
  required: ["exact timestamp"],
  result: longType,
  kernel: "unixMicros",
  canFail: false,
});
