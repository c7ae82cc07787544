import { dateField } from "../date-field.ts";

/** The day of the year, 1 to 366. */
export const dayOfYear = dateField("dayofyear", "dayOfYearOfDays", "The day of the year, 1 to 366.");
