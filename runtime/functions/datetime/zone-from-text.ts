import { RowError } from "../../errors/row-error.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { tryTimeZone } from "../../time/zone.ts";

/** The zone that a text from the data names; a `RowError` where it names none. `+1:02` and `+01:2` are padded (SparkDateTimeUtils.getZoneId). */
export function zoneFromText(text: string): TimeZone {
  const id = text.replace(/^([+-])(\d):/, "$10$2:").replace(/^([+-]\d\d):(\d)$/, "$1:0$2");
  const zone = tryTimeZone(id);
  if (zone === undefined) throw new RowError("INVALID_TIMEZONE", `${JSON.stringify(text.slice(0, 60))} is no time zone`);
  return zone;
}

/** What the clocks of a zone show at a timestamp, as a timestamp that UTC's clocks show so (DateTimeUtils.fromUTCTime). */
export function fromUtcTimestamp(micros: number, zone: string): number {
  return zoneFromText(zone).localOf(micros);
}

/** The timestamp at which the clocks of a zone show what UTC's clocks show at the one given (DateTimeUtils.toUTCTime). */
export function toUtcTimestamp(micros: number, zone: string): number {
  return zoneFromText(zone).instantOf(micros);
}

/** A local time of a zone as the local time of another at the same instant; both are held as timestamps of the job's zone. */
export function convertTimeZone(from: string, to: string, micros: number, job?: TimeZone): number {
  const local = job === undefined ? micros : job.localOf(micros);
  const moved = zoneFromText(to).localOf(zoneFromText(from).instantOf(local));
  return job === undefined ? moved : job.instantOf(moved);
}
