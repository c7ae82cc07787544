import { timestampType } from "../../../ir/types/data-type.ts";
import { datetimeFunction } from "../datetime-function.ts";

/** What the clocks of a time zone show at a timestamp, as a timestamp that UTC's clocks show so. */
export const fromUtcTimestamp = datetimeFunction({
  name: "from_utc_timestamp",
  summary: "What the clocks of a time zone show at a timestamp, as a timestamp that UTC's clocks show so.",
  required: ["timestamp", "text"],
  result: timestampType,
  kernel: "fromUtcTimestamp",
  canFail: true,
});
