import { stringType } from "../../../ir/types/data-type.ts";
import { dateField } from "../date-field.ts";

/** The English name of the day of the week, in three letters: `Thu`. */
export const dayName = dateField("dayname", "dayNameOfDays", "The English name of the day of the week, in three letters: `Thu`.", stringType);
