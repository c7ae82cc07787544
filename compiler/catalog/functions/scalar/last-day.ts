import { dateType } from "../../../ir/types/data-type.ts";
import { dateField } from "../date-field.ts";

/** The last day of the month of a date. */
export const lastDay = dateField("last_day", "lastDayOfMonth", "The last day of the month of a date.", dateType);
