import { textLength, unitOfCharacter } from "../code-points.ts";

/** Spark's `replace`: every occurrence; an empty search text replaces nothing. */
export function replaceText(text: string, search: string, replacement: string = ""): string {
  return search === "" ? text : text.split(search).join(replacement);
}

/** Spark's `instr`: the position of the first occurrence in characters from 1, 0 where there is none. */
export function positionOfText(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  return at < 0 ? 0 : textLength(text.slice(0, at)) + 1;
}

/** Spark's `locate`: from a position on; 0 where there is none, where the position is below 1, and where it is null (StringLocate). */
export function locateText(wanted: string, text: string, position: number | null): number;
export function locateText(wanted: string | null, text: string | null, position: number | null): number | null;
export function locateText(wanted: string | null, text: string | null, position: number | null): number | null {
  if (position === null) return 0;
  if (wanted === null || text === null) return null;
  if (position < 1) return 0;
  if (wanted === "") return 1;
  const at = text.indexOf(wanted, unitOfCharacter(text, position - 1));
  return at < 0 ? 0 : textLength(text.slice(0, at)) + 1;
}

/** Spark's `find_in_set`: the number of the item, from 1, in a list cut at commas; 0 where it is not there or has a comma itself. */
export function findInSet(item: string, list: string): number {
  return list.split(",").indexOf(item) + 1;
}

/**
 * Spark's `substring_index`: what is before delimiter number `count`, or behind it counted from the end where negative; all of it
 * where there are fewer. Delimiters may overlap (UTF8String.subStringIndex).
 */
export function substringIndex(text: string, delimiter: string, count: number): string {
  if (delimiter === "" || count === 0) return "";
  if (count > 0) {
    let at = -1;
    for (let left = count; left > 0; left--) {
      at = text.indexOf(delimiter, at + 1);
      if (at < 0) return text;
    }
    return text.slice(0, at);
  }
  let at = text.length - delimiter.length + 1;
  for (let left = count; left < 0; left++) {
    at = at <= 0 ? -1 : text.lastIndexOf(delimiter, at - 1);
    if (at < 0) return text;
  }
  return text.slice(at + delimiter.length);
}
