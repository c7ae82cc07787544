import { compileText, loadJob } from "../support/load-job.ts";
import { playScenario } from "./play-scenario.ts";
import type { Pipelines } from "./scenario-pipelines.ts";
import type { Scenario } from "./scenario.ts";

/** What came of a scenario. One whose job the file does not have differs; one whose job it gives as null waits for a later version. */
export type Judgement =
  | { readonly verdict: "agrees" }
  | { readonly verdict: "skipped" }
  | { readonly verdict: "DIFFERS"; readonly differences: readonly string[] };

/** Compiles, emits and runs a scenario's job, and says whether it does what the scenario tells. Never throws. */
export async function judgeScenario(scenario: Scenario, pipelines: Pipelines): Promise<Judgement> {
  const pipeline = pipelines.get(scenario.id);
  if (pipeline === null) return { verdict: "skipped" };
  const differences = pipeline === undefined ? ["there is no pipeline"] : await differencesOf(scenario, pipeline);
  return differences.length === 0 ? { verdict: "agrees" } : { verdict: "DIFFERS", differences };
}

async function differencesOf(scenario: Scenario, pipeline: string): Promise<readonly string[]> {
  try {
    return await playScenario(scenario, loadJob(compileText(pipeline, { optimize: true })));
  } catch (error) {
    return [`${error instanceof Error ? error.message.replace(pipeline, "").trim() : String(error)}`];
  }
}
