import { timestampFromText } from "./cast-timestamp.ts";

/**
 * A timestamp from a text of which only the time of day is asked (`hour`, `minute`, `second`): as the cast reads it, and also a time
 * without a date, which as a timestamp would depend on the day. A text that is neither is a `RowError`.
 */
export function clockFromText(text: string): number {
  const trimmed = text.trim();
  if (/^\d{1,2}:/.test(trimmed)) return timestampFromText(`1970-01-01 ${trimmed}`);
  return timestampFromText(/^T\d/.test(trimmed) ? `1970-01-01${trimmed}` : text);
}
