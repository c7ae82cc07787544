import { microsPerSecond } from "./civil.ts";
import { regionSegment } from "./zone-region.ts";
import { TimeZone } from "./time-zone.ts";

/** A time zone id as Spark takes it: `UTC`, `Z`, `+02:00`, `GMT+2`, or a region such as `Europe/Madrid`. */
export type ZoneId = string;

const kept = new Map<ZoneId, TimeZone | undefined>();
const capacity = 2000;

/** UTC, the zone of everything that says no other. */
export const utc: TimeZone = new TimeZone("UTC", () => ({ from: -Infinity, until: Infinity, offset: 0 }));

/** The zone of an id; one object per id. Throws a `RangeError` for an id that `isZone` refuses. */
export function timeZone(zone: ZoneId | TimeZone): TimeZone {
  if (typeof zone !== "string") return zone;
  return tryTimeZone(zone) ?? noSuchZone(zone);
}

/** The zone of an id; undefined where it names none. */
export function tryTimeZone(id: ZoneId): TimeZone | undefined {
  if (id === "UTC") return utc;
  if (kept.has(id)) return kept.get(id);
  const made = makeZone(id);
  if (kept.size < capacity) kept.set(id, made);
  return made;
}

/** Whether the id names a zone. */
export function isZone(id: ZoneId): boolean {
  return tryTimeZone(id) !== undefined;
}

/**
 * The offset that an id itself says (`+2`, `+02`, `+0200`, `+02:00`, `+02:00:00`, `UTC+2`, `GMT-03:30`), in microseconds, or undefined for
 * a region (java.time.ZoneId.of after Spark's DateTimeUtils.getZoneId, which pads `+1:02` to two digits).
 */
export function fixedOffset(id: ZoneId): number | undefined {
  if (id === "UTC" || id === "Z" || id === "GMT" || id === "UT") return 0;
  const match = /^(?:UTC|GMT|UT)?([+-])(?:(\d{1,2})(?::(\d{1,2})(?::(\d{2}))?)?|(\d{2})(\d{2})(\d{2})?)$/.exec(id);
  if (match === null) return undefined;
  const hours = Number(match[2] ?? match[5]);
  const minutes = Number(match[3] ?? match[6] ?? 0);
  const seconds = Number(match[4] ?? match[7] ?? 0);
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > 18 * 3600) return undefined;
  return (match[1] === "-" ? -total : total) * microsPerSecond + 0;
}

function makeZone(id: ZoneId): TimeZone | undefined {
  const offset = fixedOffset(id);
  if (offset !== undefined) return new TimeZone(id, () => ({ from: -Infinity, until: Infinity, offset }));
  const segment = regionSegment(id);
  return segment === undefined ? undefined : new TimeZone(id, segment);
}

function noSuchZone(id: string): never {
  throw new RangeError(`no such time zone: ${id}`);
}
