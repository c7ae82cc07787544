import { microsPerDay } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { addMicros } from "../duration-arithmetic.ts";

/**
 * A timestamp plus a duration in a zone: whole days by the local calendar, so that noon stays noon when the clocks change, the rest by the
 * clock (DateTimeUtils.timestampAddDayTime). In UTC this is `addMicros`.
 */
export function addDuration(micros: number, duration: number, zone: TimeZone): number {
  const rest = duration % microsPerDay;
  if (rest === duration) return addMicros(micros, duration);
  const offset = zone.offsetAt(micros);
  return addMicros(zone.instantNear(addMicros(addMicros(micros, offset), duration - rest), offset), rest);
}

/** A timestamp less a duration in a zone. */
export function subtractDuration(micros: number, duration: number, zone: TimeZone): number {
  return addDuration(micros, 0 - duration, zone);
}
