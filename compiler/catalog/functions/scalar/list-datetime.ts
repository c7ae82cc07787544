import type { ScalarFunction } from "../scalar-function.ts";
import { addMonths } from "./add-months.ts";
import { convertTimezone } from "./convert-timezone.ts";
import { currentDate } from "./current-date.ts";
import { currentTimezone } from "./current-timezone.ts";
import { dateAdd } from "./date-add.ts";
import { dateFromUnixDate } from "./date-from-unix-date.ts";
import { datePart } from "./date-part.ts";
import { dateSub } from "./date-sub.ts";
import { date } from "./date.ts";
import { dateDiff } from "./datediff.ts";
import { dayName } from "./dayname.ts";
import { dayOfYear } from "./dayofyear.ts";
import { fromUnixtime } from "./from-unixtime.ts";
import { fromUtcTimestamp } from "./from-utc-timestamp.ts";
import { lastDay } from "./last-day.ts";
import { makeDate } from "./make-date.ts";
import { makeDtInterval } from "./make-dt-interval.ts";
import { makeTimestamp } from "./make-timestamp.ts";
import { monthName } from "./monthname.ts";
import { monthsBetween } from "./months-between.ts";
import { nextDay } from "./next-day.ts";
import { plusMonths } from "./plus-months.ts";
import { quarter } from "./quarter.ts";
import { timestampMicros } from "./timestamp-micros.ts";
import { timestampMillis } from "./timestamp-millis.ts";
import { timestampAdd } from "./timestampadd.ts";
import { timestampDiff } from "./timestampdiff.ts";
import { toDate, tryToDate } from "./to-date.ts";
import { toUtcTimestamp } from "./to-utc-timestamp.ts";
import { trunc } from "./trunc.ts";
import { unixDate } from "./unix-date.ts";
import { unixMicros } from "./unix-micros.ts";
import { unixMillis } from "./unix-millis.ts";
import { unixSeconds } from "./unix-seconds.ts";
import { toUnixTimestamp } from "./unix-timestamp.ts";
import { weekOfYear } from "./weekofyear.ts";
import { weekday } from "./weekday.ts";

/** Functions over dates and timestamps, beside those of the first list; one line each, sorted. */
export const datetimeFunctions: readonly ScalarFunction[] = [
  addMonths,
  convertTimezone,
  currentDate,
  currentTimezone,
  date,
  dateAdd,
  dateDiff,
  dateFromUnixDate,
  datePart,
  dateSub,
  dayName,
  dayOfYear,
  fromUnixtime,
  fromUtcTimestamp,
  lastDay,
  makeDate,
  makeDtInterval,
  makeTimestamp,
  monthName,
  monthsBetween,
  nextDay,
  plusMonths,
  quarter,
  timestampAdd,
  timestampDiff,
  timestampMicros,
  timestampMillis,
  toDate,
  toUnixTimestamp,
  toUtcTimestamp,
  trunc,
  tryToDate,
  unixDate,
  unixMicros,
  unixMillis,
  unixSeconds,
  weekOfYear,
  weekday,
];
