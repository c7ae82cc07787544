import { splitByPattern, splitCharacters } from "../functions/split-text.ts";
import type { TextPattern } from "../functions/text-pattern.ts";
import { compileRegex } from "./compile-regex.ts";

const capacity = 256;
const cache = new Map<string, TextPattern>();

/** The compiled form of a pattern that comes from the data; the last 256 different ones are kept. */
export function regexOf(source: string): TextPattern {
  const known = cache.get(source);
  if (known !== undefined) {
    cache.delete(source);
    cache.set(source, known);
    return known;
  }
  const pattern = compileRegex(source);
  if (cache.size >= capacity) {
    const oldest = cache.keys().next();
    if (oldest.done !== true) cache.delete(oldest.value);
  }
  cache.set(source, pattern);
  return pattern;
}

/** Spark's `split` by a pattern that comes from the data: the empty one cuts between characters. */
export function splitByRegex(text: string, source: string, limit: number = -1): readonly string[] {
  return source === "" ? splitCharacters(text, limit) : splitByPattern(text, regexOf(source), limit);
}
