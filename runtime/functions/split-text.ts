import { isPairAt } from "./code-points.ts";
import type { TextPattern } from "./text-pattern.ts";

/**
 * Spark's `split` by a regular expression: with a positive limit at most so many parts, the last with the rest; else all, empty
 * ones at the end included. A match of no width at the very start cuts nothing (java.lang.String.split).
 */
export function splitByPattern(text: string, pattern: TextPattern, limit: number = -1): readonly string[] {
  const parts: string[] = [];
  const cursor = pattern.search(text);
  let from = 0;
  while ((limit <= 0 || parts.length < limit - 1) && cursor.next()) {
    if (cursor.end === 0) continue;
    parts.push(text.slice(from, cursor.start));
    from = cursor.end;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Spark's `split` by a literal text that is not empty. */
export function splitByText(text: string, delimiter: string, limit: number = -1): readonly string[] {
  const parts = text.split(delimiter);
  return limit <= 0 || parts.length <= limit ? parts : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(delimiter)];
}

/** Spark's `split` by the empty pattern: the characters; the empty text is one part. */
export function splitCharacters(text: string, limit: number = -1): readonly string[] {
  if (text === "") return [text];
  const parts: string[] = [];
  let from = 0;
  while (from < text.length && (limit <= 0 || parts.length < limit - 1)) {
    const to = from + (isPairAt(text, from) ? 2 : 1);
    parts.push(text.slice(from, to));
    from = to;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
