import { dateField } from "../date-field.ts";

/** The day of the week, Monday 0 to Sunday 6. */
export const weekday = dateField("weekday", "weekdayOfDays", "The day of the week, Monday 0 to Sunday 6.");
