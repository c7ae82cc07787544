import type { TimeZone } from "../../time/time-zone.ts";
import { utc } from "../../time/zone.ts";
import { timestampFormat, type TimestampFormat } from "./timestamp-format.ts";
import { timestampParser, type TimestampParser } from "./timestamp-parser.ts";

const capacity = 64;
const formats = new Map<string, TimestampFormat>();
const parsers = new Map<string, TimestampParser>();

/** The compiled form of a `date_format` pattern that comes from the data; some are kept. */
export function timestampFormatOf(pattern: string, zone: TimeZone = utc): TimestampFormat {
  return kept(formats, pattern, zone, timestampFormat);
}

/** The compiled form of a `to_timestamp` pattern that comes from the data; some are kept. */
export function timestampParserOf(pattern: string, zone: TimeZone = utc): TimestampParser {
  return kept(parsers, pattern, zone, timestampParser);
}

function kept<T>(cache: Map<string, T>, pattern: string, zone: TimeZone, make: (pattern: string, zone: TimeZone) => T): T {
  const key = zone === utc ? pattern : `${zone.id} ${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make(pattern, zone);
  if (cache.size >= capacity) cache.clear();
  cache.set(key, made);
  return made;
}
