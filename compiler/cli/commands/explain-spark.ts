import { onlyForNode } from "../../3-optimize/optimize.ts";
import { jobText } from "../../explain/job-text.ts";
import { targetDifference } from "../../explain/target-text.ts";
import type { CheckedForSpark } from "../check-for-spark.ts";
import { checkJob } from "../check-job.ts";
import type { JobFile } from "../read-job.ts";

/** The plans that a program for Spark is made of, and below them how they differ from those for Node. Without a final line end. */
export function optimizedForSpark({ job, queries }: CheckedForSpark, file: JobFile): string {
  if (job === undefined) return "";
  const applied = new Map<string, string[]>();
  const node = checkJob(file, (query, { rule }) => void (onlyForNode.has(rule) && applied.set(query, [...(applied.get(query) ?? []), rule])));
  const differences = queries.map(({ optimized }) => {
    const forNode = node.queries.find(({ analyzed }) => analyzed.name === optimized.name)?.optimized ?? optimized;
    return `sink ${optimized.name}: ${targetDifference(forNode.plan, optimized.plan, applied.get(optimized.name) ?? []).join("\n")}`;
  });
  return [jobText({ ...job, queries: queries.map(({ optimized }) => optimized) }), ...differences].join("\n\n");
}

/** What stands in place of a physical plan. */
export const noPhysicalPlan = "no physical plan: Spark makes its own when the program runs, and `DataFrame.explain()` prints it\nhelp: --stage optimized is what the program is made of, --stage emitted the program";

/** The program; what all programs share is the same for every job. Without a final line end. */
export function emittedForSpark({ files }: CheckedForSpark): string {
  return files.map(({ text }) => text).join("\n").trimEnd();
}
