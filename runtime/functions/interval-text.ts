import { microsPerDay, microsPerHour, microsPerMinute, microsPerSecond } from "../time/civil.ts";

/** A duration as Spark casts it to a string: `INTERVAL '1 02:03:04.5' DAY TO SECOND` (IntervalUtils.toDayTimeIntervalString). */
export function intervalText(micros: number): string {
  const total = Math.abs(micros);
  const fraction = total % microsPerSecond;
  const parts = [Math.floor(total / microsPerHour) % 24, Math.floor(total / microsPerMinute) % 60, Math.floor(total / microsPerSecond) % 60];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  const rest = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
  return `INTERVAL '${micros < 0 ? "-" : ""}${Math.floor(total / microsPerDay)} ${clock}${rest}' DAY TO SECOND`;
}
