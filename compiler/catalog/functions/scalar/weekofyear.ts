import { dateField } from "../date-field.ts";

/** The ISO week of the year of a date, 1 to 53: weeks begin on Monday, the first one has the year's first Thursday. */
export const weekOfYear = dateField("weekofyear", "weekOfYearOfDays", "The ISO week of the year of a date, 1 to 53: weeks begin on Monday, the first one has the year's first Thursday.");
