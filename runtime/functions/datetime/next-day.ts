import { RowError } from "../../errors/row-error.ts";
import { isoWeekdayOfDays } from "../../time/civil.ts";
import { addDays } from "../duration-arithmetic.ts";
import { weekdayNames } from "./names.ts";

/** The ISO number of a weekday by its English name, or the first two or three letters of it, in any case. */
const numbers: ReadonlyMap<string, number> = new Map(
  weekdayNames.flatMap((name, at) => [name, name.slice(0, 3), name.slice(0, 2)].map((text) => [text.toUpperCase(), at + 1] as const)),
);

/** The first day after a date that is the weekday of that name; a `RowError` for a text that names none. */
export function nextDay(date: number, weekday: string): number {
  const number = numbers.get(weekday.toUpperCase());
  if (number === undefined) throw new RowError("ILLEGAL_DAY_OF_WEEK", `${JSON.stringify(weekday)} is no day of the week`);
  return addDays(date, ((number - isoWeekdayOfDays(date) + 6) % 7) + 1);
}
