import { compareTargets } from "../support/compare-targets.ts";
import type { Outcome } from "../support/differential-case.ts";
import type { SparkClient } from "../support/spark-client.ts";
import { differentialCase, type RandomCase } from "./random-case.ts";

/** How the targets differ: the smallest case that is known to show it, and what came of it. `failed`: a target ended as it must not, rather than gave other rows. */
export interface Difference {
  readonly smallest: RandomCase;
  readonly text: string;
  readonly failed: boolean;
  /** The warning that tells of such a difference. */
  readonly toldBy?: string;
}

/** What comes of each sink of a case. */
export type Comparing = (one: RandomCase) => Promise<ReadonlyMap<string, Outcome>>;

/** Runs a case on both targets; where a sink differs it is looked at alone, for one that fails takes the others along. */
export function compareCase(one: RandomCase, spark: SparkClient): Promise<readonly Difference[]> {
  return differencesOf(one, (some) => compareTargets(differentialCase(some), spark));
}

/** The differences of a case. Where its sinks differ only together, the case as a whole is one. */
export async function differencesOf(one: RandomCase, compare: Comparing): Promise<readonly Difference[]> {
  if (one.pipelines.length === 0) return [];
  const outcomes = await compare(one);
  const together = one.pipelines.flatMap((pipeline) => differenceOf({ ...one, pipelines: [pipeline] }, outcomes.get(pipeline.name)));
  // What failed is looked for among the sinks, each of which fails with the one.
  if (one.pipelines.length === 1 || !together.some(({ failed }) => failed)) return together;
  const apart: Difference[] = [];
  for (const pipeline of one.pipelines) {
    const alone = { ...one, pipelines: [pipeline] };
    apart.push(...differenceOf(alone, (await compare(alone)).get(pipeline.name)));
  }
  if (apart.length > 0) return apart;
  const [whole] = together;
  return whole === undefined ? [] : [{ ...whole, smallest: one }];
}

/** None where both gave the same. */
function differenceOf(smallest: RandomCase, outcome: Outcome | undefined): readonly Difference[] {
  if (outcome === undefined) return [{ smallest, text: "no outcome", failed: true }];
  switch (outcome.kind) {
    case "equal":
      return [];
    case "refused":
      return [{ smallest, text: `refused: ${outcome.codes.join(" ")}`, failed: false }];
    case "differs":
      return [{ smallest, text: outcome.difference, failed: outcome.failed, ...(isLeftOutBySemiJoin(smallest, outcome) ? { toldBy: "W4112" } : {}) }];
  }
}

/** W4112: a semi join of two streams, some of whose rows Spark leaves out. What is above one may differ in any way, so its rows come out as they are. */
function isLeftOutBySemiJoin({ pipelines, streaming }: RandomCase, { failed, batches }: Extract<Outcome, { kind: "differs" }>): boolean {
  const isSemi = streaming && pipelines.every(({ steps }) => steps.some(({ head }) => head.startsWith("join semi")));
  return isSemi && !failed && batches.every(({ spark }) => spark.length === 0);
}
