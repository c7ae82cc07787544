import { RowError } from "../errors/row-error.ts";
import { microsPerDay, microsPerHour, microsPerMinute, microsPerSecond } from "../time/civil.ts";
import { parseDuration } from "../time/duration-text.ts";
import { trimAll } from "./cast-failure.ts";

const clockForm = /^([+-])?(\d+) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/;
const literalForm = /^INTERVAL\s+([+-])?'([^']*)'\s+DAY\s+TO\s+SECOND$/i;

/**
 * `1 02:03:04.5`, with a sign or without, or that in `INTERVAL '…' DAY TO SECOND` (IntervalUtils.castStringToDTInterval); also
 * ISO-8601's form, `PT5M`, in which durations are written. Digits beyond the microsecond are cut off.
 */
export function tryDurationFromText(text: string): number | null {
  const trimmed = trimAll(text);
  const literal = literalForm.exec(trimmed);
  const match = clockForm.exec(literal?.[2] ?? trimmed);
  if (match === null) return literal === null ? parseDuration(trimmed) : null;
  const [, sign, days, hours, minutes, seconds, fraction = ""] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const clock = Number(hours) * microsPerHour + Number(minutes) * microsPerMinute + Number(seconds) * microsPerSecond + Number(fraction.slice(0, 6).padEnd(6, "0"));
  const micros = Number(days) * microsPerDay + clock;
  if (!Number.isSafeInteger(micros)) return null;
  return ((sign === "-") === (literal?.[1] === "-") ? micros : -micros) + 0;
}

export function durationFromText(text: string): number {
  const micros = tryDurationFromText(text);
  if (micros !== null) return micros;
  throw new RowError("INVALID_INTERVAL_FORMAT", `${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)} cannot be cast to duration`);
}
