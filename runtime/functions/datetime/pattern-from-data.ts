import { timestampFormat, type TimestampFormat } from "./timestamp-format.ts";
import { timestampParser, type TimestampParser } from "./timestamp-parser.ts";

const capacity = 64;
const formats = new Map<string, TimestampFormat>();
const parsers = new Map<string, TimestampParser>();

/** The compiled form of a `date_format` pattern that comes from the data; some are kept. */
export function timestampFormatOf(pattern: string): TimestampFormat {
  return kept(formats, pattern, timestampFormat);
}

/** The compiled form of a `to_timestamp` pattern that comes from the data; some are kept. */
export function timestampParserOf(pattern: string): TimestampParser {
  return kept(parsers, pattern, timestampParser);
}

function kept<T>(cache: Map<string, T>, pattern: string, make: (pattern: string) => T): T {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const made = make(pattern);
  if (cache.size >= capacity) cache.clear();
  cache.set(pattern, made);
  return made;
}
