import { stringType } from "../../../ir/types/data-type.ts";
import { dateField } from "../date-field.ts";

/** The English name of the month, in three letters: `Feb`. */
export const monthName = dateField("monthname", "monthNameOfDays", "The English name of the month, in three letters: `Feb`.", stringType);
