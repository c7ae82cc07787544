/** The kernels over dates and timestamps; one line a file, sorted. */
export * from "./add-duration.ts";
export * from "./add-months.ts";
export * from "./date-fields.ts";
export * from "./duration-parts.ts";
export * from "./epoch.ts";
export * from "./local-time.ts";
export * from "./make-datetime.ts";
export * from "./months-between.ts";
export * from "./next-day.ts";
export * from "./timestamp-units.ts";
export * from "./truncate-date.ts";
export * from "./zone-from-text.ts";
export { dayOfYearOfDays, isoWeekdayOfDays } from "../../time/civil.ts";
export { timeZone } from "../../time/zone.ts";
