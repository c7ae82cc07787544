import { textLength, unitOfCharacter } from "./code-points.ts";

const maxInt = 2_147_483_647;

/**
 * Spark's `substring`: the position counts characters from 1 (0 is taken as 1), from the end where negative; what lies before
 * the text counts towards the length (UTF8String.substringSQL).
 */
export function substringText(text: string, position: number, length: number = maxInt): string {
  const start = position > 0 ? position - 1 : position < 0 ? textLength(text) + position : 0;
  const end = Math.min(start + length, maxInt);
  if (end <= start || end <= 0) return "";
  const from = unitOfCharacter(text, start);
  const to = unitOfCharacter(text, end - Math.max(start, 0), from);
  return text.slice(from, to);
}
