import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";
import { timestampFromText } from "./cast-timestamp.ts";

/**
 * The local time that a text tells, of which only the time of day is asked (`hour`, `minute`, `second`): as the cast reads it, and also a time
 * without a date, which as a timestamp would depend on the day. A text that is neither is a `RowError`.
 */
export function clockFromText(text: string, zone: TimeZone = utc): number {
  const trimmed = text.trim();
  const dated = /^\d{1,2}:/.test(trimmed) ? `1970-01-01 ${trimmed}` : /^T\d/.test(trimmed) ? `1970-01-01${trimmed}` : text;
  return zone.localOf(timestampFromText(dated, zone));
}
