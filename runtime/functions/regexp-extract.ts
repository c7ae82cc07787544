import { RowError } from "../errors/row-error.ts";
import type { TextPattern } from "./text-pattern.ts";

/**
 * Spark's `regexp_extract`: a group of the first match; the empty string where nothing matches or the group took no part. A group
 * that the pattern has not is a `RowError` where the pattern matches (RegExpExtractBase.checkGroupIndex).
 */
export function extractGroup(text: string, pattern: TextPattern, group: number): string {
  const cursor = pattern.search(text);
  if (!cursor.next()) return "";
  checkGroup(pattern, group);
  return cursor.group(group) ?? "";
}

/** Throws the `RowError` of a group that a pattern has not. */
export function checkGroup(pattern: TextPattern, group: number): void {
  if (group >= 0 && group <= pattern.groupCount) return;
  const groups = pattern.groupCount === 0 ? "no groups" : pattern.groupCount === 1 ? "1 group" : `${pattern.groupCount} groups`;
  throw new RowError("INVALID_PARAMETER_VALUE", `the pattern has ${groups}; there is no group ${group} (0 is the whole match)`);
}
