import { daysFromCivil, daysInMonth, microsPerDay } from "../time/civil.ts";

/**
 * The usual form of a timestamp, read without a regular expression: `yyyy-MM-ddTHH:mm:ss` (a blank may stand for the `T`), a
 * fraction of up to six digits, a `Z`. NaN for every other text, also for a good one in another form, and where `unzoned` is
 * false for one without a `Z`.
 */
export function usualTimestamp(text: string, unzoned: boolean): number {
  const length = text.length;
  if (length < 19 || length > 27) return NaN;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN;
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 32) return NaN;
  const hasZone = text.charCodeAt(length - 1) === 90;
  if (!hasZone && !unzoned) return NaN;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const hour = pair(text, 11);
  const minute = pair(text, 14);
  const second = pair(text, 17);
  // A part with anything but digits is NaN, and NaN passes no comparison.
  if (!(hour < 24 && minute < 60 && second < 60) || !(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return NaN;
  const whole = daysFromCivil(year, month, day) * microsPerDay + ((hour * 60 + minute) * 60 + second) * 1_000_000;
  const end = hasZone ? length - 1 : length;
  if (end === 19) return whole;
  const micros = fraction(text, end);
  const instant = whole + micros;
  return Number.isSafeInteger(instant) ? instant : NaN;
}

function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** The microseconds of `.d` to `.dddddd` from position 19 to `end`, or NaN. */
function fraction(text: string, end: number): number {
  if (text.charCodeAt(19) !== 46 || end < 21 || end > 26) return NaN;
  let value = 0;
  for (let at = 20; at < 26; at++) {
    const digit = at < end ? text.charCodeAt(at) - 48 : 0;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
