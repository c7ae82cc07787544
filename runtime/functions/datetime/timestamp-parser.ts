import { RowError } from "../../errors/row-error.ts";
import { dayOfTimestamp } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { timeZone, utc, type ZoneId } from "../../time/zone.ts";
import { elementsOf, parseElements } from "./parse-elements.ts";
import { ParsedFields } from "./parsed-fields.ts";
import { readPattern } from "./pattern.ts";

/** A compiled pattern that reads timestamps. */
export interface TimestampParser {
  /** Microseconds since the epoch. A text that does not fit is a `RowError`. */
  parse(text: string): number;
  /** Microseconds since the epoch; null where the text does not fit. */
  tryParse(text: string): number | null;
  /** The day of the timestamp, by the local clock. A text that does not fit is a `RowError`. */
  parseDate(text: string): number;
  /** The day of the timestamp, by the local clock; null where the text does not fit. */
  tryParseDate(text: string): number | null;
}

/**
 * Compiles a pattern for Spark's `to_timestamp(text, pattern)`: java.time's strict resolver with Spark's defaults for what the
 * pattern has not (1970-01-01 00:00:00, the zone given). A text that is no pattern is a `RowError`.
 */
export function timestampParser(pattern: string, zone: TimeZone | ZoneId = utc): TimestampParser {
  const at = timeZone(zone);
  const items = readPattern(pattern, "parse");
  if ("problem" in items) throw new RowError("INVALID_PARAMETER_VALUE", `the pattern ${JSON.stringify(pattern)} ${items.problem}`);
  const elements = elementsOf(items);
  const tryParse = (text: string): number | null => {
    const fields = new ParsedFields();
    return parseElements(elements, text, 0, fields) === text.length ? fields.resolve(at) : null;
  };
  const parse = (text: string): number => {
    const micros = tryParse(text);
    if (micros === null) throw new RowError("CANNOT_PARSE_TIMESTAMP", `${JSON.stringify(text)} is no timestamp of the form ${JSON.stringify(pattern)}`);
    return micros;
  };
  return {
    parse,
    tryParse,
    parseDate: (text) => dayOfTimestamp(at.localOf(parse(text))),
    tryParseDate(text) {
      const micros = tryParse(text);
      return micros === null ? null : dayOfTimestamp(at.localOf(micros));
    },
  };
}
