import type { LogicalPlan } from "../ir/logical/index.ts";
import { diffLines } from "./diff-lines.ts";
import { indented, planLines, type PlanLine } from "./logical-text.ts";

/**
 * How a query's plan for Spark (`+`) differs from the one for Node (`-`), and why: the rules that applied for Node and pay there only.
 *
 * ```
 * in place of Node's plan (for Node only: push-filter-into-scan)
 *   - Source clicks: file, json, reads kind, user where kind = "view"
 *   + Filter kind = "view"
 *   +   Source clicks: file, json, reads kind, user
 * ```
 */
export function targetDifference(forNode: LogicalPlan, forSpark: LogicalPlan, leftOut: readonly string[]): readonly string[] {
  const same = (a: PlanLine, b: PlanLine): boolean => a.text === b.text;
  const changes = diffLines(planLines(forNode), planLines(forSpark), same).filter(({ kind }) => kind !== "=");
  if (changes.length === 0) return ["the same plan as for Node"];
  const least = Math.min(...changes.map(({ line }) => line.depth));
  const rules = leftOut.length === 0 ? "" : ` (for Node only: ${[...new Set(leftOut)].join(", ")})`;
  return [`in place of Node's plan${rules}`, ...changes.map(({ kind, line }) => `  ${kind} ${indented({ ...line, depth: line.depth - least })}`)];
}
