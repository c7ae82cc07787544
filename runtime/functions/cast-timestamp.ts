import { RowError } from "../errors/row-error.ts";
import { microsPerDay } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { timeZone, tryTimeZone, utc, type ZoneId } from "../time/zone.ts";
import { castInvalid, castOverflow, trimAll } from "./cast-failure.ts";
import { dayOf } from "./day-of.ts";
import { type ExactInteger, multiplyExact, powerOfTen, quotientExact } from "./exact-integer.ts";
import { usualTimestamp } from "./usual-timestamp.ts";

const timestampPattern =
  /^([+-]?)([0-9]{4,6})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[ T]([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})(?:\.([0-9]*))?(\D.*)?)?)?)?)?)?$/s;

/** Why a text is no timestamp: it is not one, or it is one that microseconds in a double cannot hold. */
type Failure = "malformed" | "not held";

/**
 * A timestamp in Spark's forms (SparkDateTimeUtils.stringToTimestamp): a date, then a blank or `T` and a time whose parts may be
 * left out from the right, a fraction (digits beyond the microsecond are cut off), a zone after the seconds. Without a zone it
 * is in `zone`. A time without a date is refused: it would depend on the day.
 */
export function tryTimestampFromText(text: string, zone: TimeZone | ZoneId = utc): number | null {
  const usual = usualTimestamp(text, zone === utc);
  if (usual === usual) return usual;
  const parsed = parseTimestamp(text, timeZone(zone));
  return typeof parsed === "number" ? parsed : null;
}

export function timestampFromText(text: string, zone: TimeZone | ZoneId = utc): number {
  const usual = usualTimestamp(text, zone === utc);
  if (usual === usual) return usual;
  const parsed = parseTimestamp(text, timeZone(zone));
  if (typeof parsed === "number") return parsed;
  return parsed === "malformed" ? castInvalid(text, "timestamp") : notHeld(text.trim());
}

/** Whether a text is a timestamp, held or not. */
export function isTimestampText(text: string): boolean {
  return parseTimestamp(text, utc) !== "malformed";
}

/** Seconds since the epoch. */
export function timestampFromLong(seconds: ExactInteger): number {
  return tryTimestampFromLong(seconds) ?? notHeld(`${seconds} seconds`);
}

export function tryTimestampFromLong(seconds: ExactInteger): number | null {
  return heldMicros(multiplyExact(seconds, 1_000_000));
}

/** Seconds since the epoch; a fraction beyond the microsecond is cut off. */
export function timestampFromDouble(seconds: number): number {
  if (!Number.isFinite(seconds)) return castInvalid(String(seconds), "timestamp");
  return tryTimestampFromDouble(seconds) ?? castOverflow(seconds, "timestamp");
}

export function tryTimestampFromDouble(seconds: number): number | null {
  const micros = Math.trunc(seconds * 1_000_000);
  return isInRange(micros) ? micros + 0 : null;
}

/** Seconds since the epoch; a fraction beyond the microsecond is cut off. */
export function timestampFromDecimal(seconds: ExactInteger, scale: number): number {
  return tryTimestampFromDecimal(seconds, scale) ?? notHeld("the timestamp");
}

export function tryTimestampFromDecimal(seconds: ExactInteger, scale: number): number | null {
  return heldMicros(quotientExact(multiplyExact(seconds, 1_000_000), powerOfTen(scale)));
}

function parseTimestamp(text: string, zone: TimeZone): number | Failure {
  const match = timestampPattern.exec(trimAll(text));
  if (match === null) return "malformed";
  const [, sign, yearDigits = "", month = "1", day = "1", hour = "0", minute = "0", second = "0", fraction = "", zoneText] = match;
  const days = dayOf(sign === "-" ? -Number(yearDigits) : Number(yearDigits), Number(month), Number(day));
  if (days === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return "malformed";
  const at = zoneText === undefined ? zone : zoneOf(zoneText);
  if (at === undefined) return "malformed";
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const midnight = days * microsPerDay;
  const local = midnight + seconds * 1_000_000;
  const start = at.instantOf(local);
  const instant = start + micros;
  // A sum is exact where taking away the larger part gives back the smaller.
  const exact = local - midnight === seconds * 1_000_000 && instant - start === micros;
  return exact && isInRange(instant) ? instant : "not held";
}

/** A zone as written after a time; `+1:02` and `+01:2` are padded (SparkDateTimeUtils.getZoneId). */
function zoneOf(text: string): TimeZone | undefined {
  const id = text.trim().replace(/^([+-])(\d):/, "$10$2:").replace(/^([+-]\d\d):(\d)$/, "$1:0$2");
  return tryTimeZone(id);
}

/** Microseconds as a double, or null where a double does not hold them. */
function heldMicros(micros: ExactInteger): number | null {
  if (typeof micros === "number") return micros;
  const held = Number(micros);
  return BigInt(held) === micros && isInRange(held) ? held : null;
}

/** Whether a count of microseconds has no more than 64 bits. */
function isInRange(micros: number): boolean {
  return micros >= -(2 ** 63) && micros < 2 ** 63;
}

function notHeld(what: string): never {
  throw new RowError("TIMESTAMP_NOT_REPRESENTABLE", `${what} cannot be held to the microsecond`);
}
