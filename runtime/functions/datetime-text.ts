import { civilFromDays, dayOfTimestamp, microsPerDay } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";

/** `yyyy-MM-dd`; years beyond 9999 with a plus, before 1 with a minus (Spark's DateFormatter). */
export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${yearText(year)}-${two(month)}-${two(day)}`;
}

/** `yyyy-MM-dd HH:mm:ss` in the zone, with as many digits of a fraction as it needs (Spark's FractionTimestampFormatter). */
export function timestampText(micros: number, zone: TimeZone = utc): string {
  const local = zone.localOf(micros);
  const day = dayOfTimestamp(local);
  const time = local - day * microsPerDay;
  const fraction = time % 1_000_000;
  const seconds = (time - fraction) / 1_000_000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${dateText(day)} ${clock}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function yearText(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, "0");
  return year < 0 ? `-${digits}` : year > 9999 ? `+${digits}` : digits;
}
