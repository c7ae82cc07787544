import type { ScalarFunction } from "../scalar-function.ts";
import { concat, concatOperator } from "./concat.ts";
import { contains } from "./contains.ts";
import { currentTimestamp } from "./current-timestamp.ts";
import { dateFormat } from "./date-format.ts";
import { dateTrunc } from "./date-trunc.ts";
import { dayOfMonth } from "./day-of-month.ts";
import { dayOfWeek } from "./day-of-week.ts";
import { elementAt } from "./element-at.ts";
import { endsWith } from "./endswith.ts";
import { fromCsv } from "./from-csv.ts";
import { fromJson } from "./from-json.ts";
import { get } from "./get.ts";
import { hex } from "./hex.ts";
import { hour } from "./hour.ts";
import { itemAt } from "./item-at.ts";
import { length } from "./length.ts";
import { like } from "./like.ts";
import { lower } from "./lower.ts";
import { ltrim } from "./ltrim.ts";
import { minute } from "./minute.ts";
import { month } from "./month.ts";
import { regexpExtract } from "./regexp-extract.ts";
import { regexpReplace } from "./regexp-replace.ts";
import { rlike } from "./rlike.ts";
import { rtrim } from "./rtrim.ts";
import { second } from "./second.ts";
import { size } from "./size.ts";
import { split } from "./split.ts";
import { splitPart } from "./split-part.ts";
import { startsWith } from "./startswith.ts";
import { substring } from "./substring.ts";
import { timestampSeconds } from "./timestamp-seconds.ts";
import { toJson } from "./to-json.ts";
import { toTimestamp, tryToTimestamp } from "./to-timestamp.ts";
import { trim } from "./trim.ts";
import { tumbling } from "./tumbling.ts";
import { unixTimestamp } from "./unix-timestamp.ts";
import { upper } from "./upper.ts";
import { year } from "./year.ts";

/** Functions over strings, dates, timestamps, JSON and arrays; one line each, sorted. */
export const textAndTimeFunctions: readonly ScalarFunction[] = [
  concat,
  concatOperator,
  contains,
  currentTimestamp,
  dateFormat,
  dateTrunc,
  dayOfMonth,
  dayOfWeek,
  elementAt,
  endsWith,
  fromCsv,
  fromJson,
  get,
  hex,
  hour,
  itemAt,
  length,
  like,
  lower,
  ltrim,
  minute,
  month,
  regexpExtract,
  regexpReplace,
  rlike,
  rtrim,
  second,
  size,
  split,
  splitPart,
  startsWith,
  substring,
  timestampSeconds,
  toJson,
  toTimestamp,
  tryToTimestamp,
  trim,
  tumbling,
  unixTimestamp,
  upper,
  year,
];
