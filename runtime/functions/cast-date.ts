import { castInvalid, trimAll } from "./cast-failure.ts";
import { isTimestampText } from "./cast-timestamp.ts";
import { dayOf } from "./day-of.ts";

const datePattern = /^([+-]?)([0-9]{4,7})(?:-([0-9]{1,2})(?:-([0-9]{1,2})([ T].*)?)?)?$/s;

/**
 * `yyyy`, `yyyy-[m]m`, `yyyy-[m]m-[d]d`, blanks around it, years of up to seven digits with an optional sign
 * (SparkDateTimeUtils.stringToDate). A time may follow if the whole is a timestamp; other text after the date is refused.
 */
export function tryDateFromText(text: string): number | null {
  const match = datePattern.exec(trimAll(text));
  if (match === null) return null;
  const [, sign, yearDigits = "", month = "1", day = "1", time] = match;
  const year = sign === "-" ? -Number(yearDigits) : Number(yearDigits);
  const days = dayOf(year, Number(month), Number(day));
  return days === null || (time !== undefined && !isTimestampText(text)) ? null : days;
}

export function dateFromText(text: string): number {
  return tryDateFromText(text) ?? castInvalid(text, "date");
}
