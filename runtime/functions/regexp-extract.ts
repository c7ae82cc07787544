import { RowError } from "../errors/row-error.ts";
import type { TextPattern } from "./text-pattern.ts";

/**
 * Spark's `regexp_extract`: a group of the first match; the empty string where nothing matches or the group took no part. A group
 * that the pattern has not is a `RowError`.
 */
export function extractGroup(text: string, pattern: TextPattern, group: number): string {
  if (group < 0 || group > pattern.groupCount) {
    throw new RowError("INVALID_PARAMETER_VALUE", `the pattern has ${pattern.groupCount} groups; there is no group ${group}`);
  }
  const cursor = pattern.search(text);
  return cursor.next() ? (cursor.group(group) ?? "") : "";
}
