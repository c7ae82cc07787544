import { microsPerDay, microsPerHour, microsPerMinute } from "../../time/civil.ts";

// Parts of a duration, each with the duration's sign (IntervalUtils.getDays, getHours …).

export function daysOfDuration(duration: number): number {
  return Math.trunc(duration / microsPerDay) + 0;
}

/** −23 to 23. */
export function hoursOfDuration(duration: number): number {
  return (Math.trunc(duration / microsPerHour) % 24) + 0;
}

/** −59 to 59. */
export function minutesOfDuration(duration: number): number {
  return (Math.trunc(duration / microsPerMinute) % 60) + 0;
}

/** The seconds of the minute with their fraction, as a decimal of scale 6. */
export function secondsOfDuration(duration: number): number {
  return (duration % microsPerMinute) + 0;
}
