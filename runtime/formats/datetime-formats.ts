import { timestampParser } from "../functions/datetime/timestamp-parser.ts";
import { dayOfTimestamp } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import type { ZoneId } from "../time/zone.ts";

/** Reads a text as a date or a timestamp; undefined where it is none. */
export type ReadTime = (text: string) => number | undefined;

/** How a format reads dates and timestamps that are written by a pattern; undefined for those that are written as usual. */
export interface DatetimeFormats {
  readonly date: ReadTime | undefined;
  readonly timestamp: ReadTime | undefined;
}

/** Patterns as `to_timestamp` takes them; the compiler has checked them. `zone` is of timestamps that name none. */
export function datetimeFormats(options: { readonly dateFormat?: string; readonly timestampFormat?: string }, zone: TimeZone | ZoneId): DatetimeFormats {
  const { dateFormat, timestampFormat } = options;
  return {
    date: dateFormat === undefined ? undefined : dates(dateFormat),
    timestamp: timestampFormat === undefined ? undefined : timestamps(timestampFormat, zone),
  };
}

function dates(pattern: string): ReadTime {
  const parser = timestampParser(pattern, "UTC");
  return (text) => {
    const micros = parser.tryParse(text);
    return micros === null ? undefined : dayOfTimestamp(micros);
  };
}

function timestamps(pattern: string, zone: TimeZone | ZoneId): ReadTime {
  const parser = timestampParser(pattern, zone);
  return (text) => parser.tryParse(text) ?? undefined;
}
