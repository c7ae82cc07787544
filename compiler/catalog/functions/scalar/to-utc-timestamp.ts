import { timestampType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** The timestamp at which the clocks of a time zone show what UTC's clocks show at the one given. */
export const toUtcTimestamp = datetimeFunction({
  name: "to_utc_timestamp",
  summary: "The timestamp at which the clocks of a time zone show what UTC's clocks show at the one given.",
  required: ["timestamp", "text"],
  result: timestampType,
  kernel: "toUtcTimestamp",
  canFail: true,
});
