import { checkGroup } from "../regexp-extract.ts";
import type { TextPattern } from "../text-pattern.ts";

/** Spark's `regexp_extract_all`: a group of every match, the empty string where it took no part; a group that is not there is a `RowError` where something matches. */
export function extractGroups(text: string, pattern: TextPattern, group: number): readonly string[] {
  const found: string[] = [];
  const cursor = pattern.search(text);
  while (cursor.next()) {
    checkGroup(pattern, group);
    found.push(cursor.group(group) ?? "");
  }
  return found;
}

/** Spark's `regexp_count`: the number of matches. */
export function countMatches(text: string, pattern: TextPattern): number {
  let count = 0;
  const cursor = pattern.search(text);
  while (cursor.next()) count++;
  return count;
}

/** Spark's `regexp_substr`: the first match, null where there is none. */
export function firstMatch(text: string, pattern: TextPattern): string | null {
  const cursor = pattern.search(text);
  return cursor.next() ? (cursor.group(0) ?? null) : null;
}

/** Spark's `regexp_instr`: where the first match begins, in UTF-16 units from 1 as in Java; 0 where there is none. */
export function positionOfMatch(text: string, pattern: TextPattern): number {
  const cursor = pattern.search(text);
  return cursor.next() ? cursor.start + 1 : 0;
}
