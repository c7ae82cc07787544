import type { Checked } from "../../compiler/compile.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { playScenario } from "./play-scenario.ts";
import type { Pipelines } from "./scenario-pipelines.ts";
import type { Scenario } from "./scenario.ts";

/** What came of a scenario. One whose job the file does not have differs; one whose job it gives as null waits for a later version. */
export type Judgement =
  | { readonly verdict: "agrees" }
  | { readonly verdict: "skipped" }
  | { readonly verdict: "DIFFERS"; readonly differences: readonly string[] };

/**
 * Compiles, emits and runs a scenario's job, and says whether it does what the scenario tells. Never throws. Where Spark refuses
 * the query when it starts, the compiler has to refuse the job, or the job to fail there.
 */
export async function judgeScenario(scenario: Scenario, pipelines: Pipelines): Promise<Judgement> {
  const pipeline = pipelines.get(scenario.id);
  if (pipeline === null) return { verdict: "skipped" };
  const differences = pipeline === undefined ? ["there is no pipeline"] : await differencesOf(scenario, pipeline);
  return differences.length === 0 ? { verdict: "agrees" } : { verdict: "DIFFERS", differences };
}

async function differencesOf(scenario: Scenario, pipeline: string): Promise<readonly string[]> {
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message.replace(pipeline, "").trim() : String(error));
  let checked: Checked;
  try {
    checked = compileText(pipeline, { optimize: true });
  } catch (error) {
    const message = messageOf(error);
    return isRefusal(message) && failsAtStart(scenario) ? [] : [message];
  }
  try {
    return await playScenario(scenario, loadJob(checked));
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Whether the compiler says no to a job: it has codes for that, and those of syntax (E1…) only tell that a scenario's text is no job. */
function isRefusal(message: string): boolean {
  return /^E\d{4}: /.test(message) && !/^E1\d{3}: /m.test(message);
}

/** Whether Spark refuses the query before a batch is done: when it is started, or when the first rows make it plan a batch. */
function failsAtStart({ steps }: Scenario): boolean {
  const at = steps.findIndex(({ error }) => error !== undefined);
  const step = steps[at];
  if (step === undefined || steps.slice(0, at + 1).some(({ batches }) => batches.length > 0)) return false;
  const { kind } = step.action;
  return (kind === "start" || kind === "add") && !steps.slice(0, at).some(({ action }) => action.kind === kind);
}
