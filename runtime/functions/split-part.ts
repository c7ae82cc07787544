import { RowError } from "../errors/row-error.ts";

/**
 * Spark's `split_part`: part number `position` (from 1, from the end where negative) of the text cut at a literal delimiter; the
 * empty string beyond the ends. An empty delimiter cuts nothing; position 0 is a `RowError`.
 */
export function splitPart(text: string, delimiter: string, position: number): string {
  if (position === 0) throw new RowError("INVALID_INDEX_OF_ZERO", "split_part counts parts from 1; 0 is no part");
  const parts = delimiter === "" ? [text] : text.split(delimiter);
  return parts[position > 0 ? position - 1 : parts.length + position] ?? "";
}
