import type { TimeZone } from "../../time/time-zone.ts";

/** What the clock of a zone shows at a timestamp, in microseconds as if it were UTC's. */
export function localTime(micros: number, zone: TimeZone): number {
  return zone.localOf(micros);
}
