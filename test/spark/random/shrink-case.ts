import type { CaseFile } from "../support/differential-case.ts";
import type { SparkClient } from "../support/spark-client.ts";
import { compareCase, type Difference } from "./compare-case.ts";
import { trial, type RandomCase } from "./random-case.ts";

/** The smallest case found, in `runs` runs of Spark, of those that steps, their items and lines of the files are left out of, and that still differs. */
export async function shrinkCase(found: Difference, spark: SparkClient, runs: number): Promise<Difference> {
  let smallest = found;
  let left = runs;
  for (let again = true; again; ) {
    again = false;
    for (const candidate of candidates(smallest.smallest)) {
      if (left === 0) return smallest;
      if ((await trial(candidate)).codes.length > 0) continue;
      left--;
      const [difference] = await compareCase(candidate, spark).catch(() => []);
      if (difference === undefined || difference.failed !== found.failed) continue;
      smallest = difference;
      again = true;
      break;
    }
  }
  return smallest;
}

function* candidates(one: RandomCase): Generator<RandomCase> {
  const [pipeline] = one.pipelines;
  if (pipeline === undefined) return;
  // Sinks that differ only together.
  if (one.pipelines.length > 1) for (const other of one.pipelines) yield { ...one, pipelines: one.pipelines.filter((each) => each !== other) };
  const { steps } = pipeline;
  const withSteps = (some: typeof steps): RandomCase => ({ ...one, pipelines: one.pipelines.with(0, { ...pipeline, steps: some }) });
  for (let at = steps.length - 1; at >= 0; at--) yield withSteps(steps.filter((_, index) => index !== at));
  for (const [at, step] of steps.entries()) {
    if (step.items.length < 2) continue;
    for (const item of step.items) yield withSteps(steps.with(at, { ...step, items: step.items.filter((other) => other !== item) }));
  }
  const lines = one.files.map(linesOf);
  for (const [at, file] of one.files.entries()) {
    const those = lines[at] ?? [];
    const half = Math.ceil(those.length / 2);
    if (those.length < 2) continue;
    for (const kept of [those.slice(0, half), those.slice(half)]) yield { ...one, files: one.files.with(at, withLines(file, kept)) };
  }
}

function head({ path }: CaseFile): number {
  return path.endsWith(".csv") ? 1 : 0;
}

function linesOf(file: CaseFile): readonly string[] {
  return String(file.content).split("\n").slice(head(file), -1);
}

function withLines(file: CaseFile, lines: readonly string[]): CaseFile {
  return { ...file, content: `${[...String(file.content).split("\n").slice(0, head(file)), ...lines].join("\n")}\n` };
}
