import { microsPerDay, microsPerSecond, daysFromCivil } from "./civil.ts";

/** A time zone id as Spark takes it: `UTC`, `Z`, `+02:00`, `GMT+2`, or a region such as `Europe/Madrid`. */
export type ZoneId = string;

const regions = new Map<string, Intl.DateTimeFormat | undefined>();
const fixed = new Map<string, number | undefined>([["UTC", 0], ["Z", 0], ["GMT", 0], ["UT", 0]]);

/** Whether the id names a zone. */
export function isZone(id: ZoneId): boolean {
  return fixedOffset(id) !== undefined || region(id) !== undefined;
}

/** The offset of a zone at an instant, in microseconds east of UTC. Throws a `RangeError` for an id that `isZone` refuses. */
export function zoneOffset(id: ZoneId, micros: number): number {
  const offset = fixedOffset(id);
  if (offset !== undefined) return offset;
  const format = region(id);
  if (format === undefined) throw new RangeError(`no such time zone: ${id}`);
  return regionOffset(format, micros);
}

/**
 * The instant of a local date and time (microseconds as if in UTC). A time that a transition skips moves on by the gap; one that
 * occurs twice is the earlier (java.time.LocalDateTime.atZone).
 */
export function instantOfLocal(id: ZoneId, local: number): number {
  const offset = fixedOffset(id);
  if (offset !== undefined) return local - offset;
  const before = zoneOffset(id, local - microsPerDay);
  const after = zoneOffset(id, local + microsPerDay);
  if (before === after && zoneOffset(id, local - before) === before) return local - before;
  if (zoneOffset(id, local - before) === before) return local - before;
  if (zoneOffset(id, local - after) === after) return local - after;
  return local - before;
}

/**
 * The offset that an id itself says (`+2`, `+02`, `+0200`, `+02:00`, `+02:00:00`, `UTC+2`, `GMT-03:30`), in microseconds, or undefined for
 * a region (java.time.ZoneId.of after Spark's DateTimeUtils.getZoneId, which pads `+1:02` to two digits).
 */
export function fixedOffset(id: ZoneId): number | undefined {
  if (fixed.has(id)) return fixed.get(id);
  const value = parseOffset(id);
  if (fixed.size < 1000) fixed.set(id, value);
  return value;
}

function parseOffset(id: string): number | undefined {
  const match = /^(?:UTC|GMT|UT)?([+-])(?:(\d{1,2})(?::(\d{1,2})(?::(\d{2}))?)?|(\d{2})(\d{2})(\d{2})?)$/.exec(id);
  if (match === null) return undefined;
  const hours = Number(match[2] ?? match[5]);
  const minutes = Number(match[3] ?? match[6] ?? 0);
  const seconds = Number(match[4] ?? match[7] ?? 0);
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > 18 * 3600) return undefined;
  return (match[1] === "-" ? -total : total) * microsPerSecond;
}

function region(id: string): Intl.DateTimeFormat | undefined {
  if (!regions.has(id)) regions.set(id, formatOf(id));
  return regions.get(id);
}

function formatOf(id: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Za-z][A-Za-z0-9~/._+-]*$/.test(id)) return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: id, hourCycle: "h23", era: "short",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
  } catch {
    return undefined;
  }
}

function regionOffset(format: Intl.DateTimeFormat, micros: number): number {
  const seconds = Math.floor(micros / microsPerSecond);
  const fields: Record<string, string> = {};
  for (const part of format.formatToParts(seconds * 1000)) fields[part.type] = part.value;
  const field = (name: string): number => Number(fields[name] ?? 0);
  const year = fields["era"] === "BC" ? 1 - field("year") : field("year");
  // Intl's calendar is Julian before 1582-10-15; no zone changed its offset then, so any offset of that time will do.
  if (year < 1583) return regionOffset(format, -12_000_000_000 * microsPerSecond);
  const local = daysFromCivil(year, field("month"), field("day")) * 86_400 + field("hour") * 3600 + field("minute") * 60 + field("second");
  return (local - seconds) * microsPerSecond;
}
