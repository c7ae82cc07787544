import { textLength } from "../code-points.ts";
import { substringText } from "../substring-text.ts";

/**
 * Spark's `overlay`: a text with the characters from a position on replaced; as many as the replacement has, unless said
 * (Overlay.calculate).
 */
export function overlayText(text: string, replacement: string, position: number, length: number = -1): string {
  const replaced = length >= 0 ? length : textLength(replacement);
  return substringText(text, 1, position - 1) + replacement + substringText(text, position + replaced);
}

/** Spark's `right`: the last characters; none where the number is not positive. */
export function lastCharacters(text: string, count: number): string {
  return count <= 0 ? "" : substringText(text, -count);
}
