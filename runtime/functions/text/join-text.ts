import { RowError } from "../../errors/row-error.ts";

/** What `concat_ws` joins: texts and arrays of texts. */
export type JoinedPart = string | null | readonly (string | null)[];

/** Spark's `concat_ws`: the texts with a separator between them; nulls are left out, and a separator that is null gives null. */
export function joinTexts(separator: string, ...parts: readonly JoinedPart[]): string;
export function joinTexts(separator: string | null, ...parts: readonly JoinedPart[]): string | null;
export function joinTexts(separator: string | null, ...parts: readonly JoinedPart[]): string | null {
  if (separator === null) return null;
  return parts.flat().filter((part) => part !== null).join(separator);
}

/** Spark's `elt`: item number `index`, from 1; a `RowError` beyond the ends (Elt in ANSI mode). */
export function pickItem<T>(index: number | null, ...items: readonly (T | null)[]): T | null {
  if (index === null) return null;
  const item = items[index - 1];
  if (item === undefined) throw new RowError("INVALID_ARRAY_INDEX", `elt(${index}, …) is outside a list of ${items.length} (the first is 1)`);
  return item;
}
