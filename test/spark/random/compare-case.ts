import { compareTargets } from "../support/compare-targets.ts";
import type { SparkClient } from "../support/spark-client.ts";
import { differentialCase, type RandomCase } from "./random-case.ts";

/** A sink for which the targets differ: the case with it alone, and how. */
export interface Difference {
  readonly smallest: RandomCase;
  readonly text: string;
}

/** Runs a case on both targets; where a sink differs it is looked at alone, for one that fails takes the others along. */
export async function compareCase(one: RandomCase, spark: SparkClient): Promise<readonly Difference[]> {
  if (one.pipelines.length === 0) return [];
  const outcomes = await compareTargets(differentialCase(one), spark);
  const different = one.pipelines.filter(({ name }) => outcomes.get(name)?.kind !== "equal");
  const failed = different.length === one.pipelines.length && different.length > 1;
  const differences: Difference[] = [];
  for (const pipeline of different) {
    const alone = { ...one, pipelines: [pipeline] };
    const outcome = failed ? (await compareTargets(differentialCase(alone), spark)).get(pipeline.name) : outcomes.get(pipeline.name);
    if (outcome?.kind === "differs") differences.push({ smallest: alone, text: outcome.difference });
    else if (outcome?.kind === "refused") differences.push({ smallest: alone, text: `refused: ${outcome.codes.join(" ")}` });
  }
  return differences;
}
