import { longType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The whole seconds from the epoch to a timestamp, rounded down. */
export const unixSeconds = datetimeFunction({
  name: "unix_seconds",
  summary: "The whole seconds from the epoch to a timestamp, rounded down.",
  required: ["exact timestamp"],
  result: longType,
  kernel: "unixWholeSeconds",
  canFail: false,
});
