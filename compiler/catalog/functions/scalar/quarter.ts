import { dateField } from "../date-field.ts";

/** The quarter of the year of a date, 1 to 4. */
export const quarter = dateField("quarter", "quarterOfDays", "The quarter of the year of a date, 1 to 4.");
