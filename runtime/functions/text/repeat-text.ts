import { RowError } from "../../errors/row-error.ts";

/** Beyond this many code units no text is made: engines differ in where they stop, and an error of the row says why. */
const longest = 536_870_000;

/** Spark's `repeat`: empty where the number of times is not positive. */
export function repeatText(text: string, times: number): string {
  if (times <= 0 || text === "") return "";
  if (text.length * times > longest) throw new RowError("INVALID_PARAMETER_VALUE", `a text of ${text.length * times} characters is too long`);
  return text.repeat(times);
}
