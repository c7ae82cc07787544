// Holds Sluice against streaming scenarios observed on Spark: npm run scenarios -- FILE.json [--pipelines FILE.json]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileText, loadJob } from "../support/load-job.ts";
import { playScenario } from "./play-scenario.ts";
import { readPipelines } from "./scenario-pipelines.ts";
import { readScenarios, type Scenario } from "./scenario.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pipelines: { type: "string" } } });
const files = positionals.length === 0 ? [beside("scenarios.json")] : positionals;
const pipelines = readPipelines(readFileSync(values.pipelines ?? beside("pipelines.json"), "utf8"));

let agreed = 0;
let differed = 0;
const skipped: string[] = [];
for (const scenario of files.flatMap((file) => readScenarios(readFileSync(file, "utf8")))) {
  const pipeline = pipelines.get(scenario.id);
  if (pipeline === undefined) {
    skipped.push(scenario.id);
    continue;
  }
  const differences = await differencesOf(scenario, pipeline);
  if (differences.length === 0) agreed++;
  else differed++;
  process.stdout.write(`${scenario.id} ${differences.length === 0 ? "agrees" : "DIFFERS"}  ${scenario.title}\n`);
  for (const difference of differences) process.stdout.write(`    ${difference}\n`);
}
if (skipped.length > 0) process.stdout.write(`skipped, without a pipeline: ${skipped.join(" ")}\n`);
process.stdout.write(`${agreed} of ${agreed + differed} agree, ${differed} differ, ${skipped.length} skipped\n`);
process.exitCode = differed === 0 ? 0 : 1;

async function differencesOf(scenario: Scenario, pipeline: string): Promise<readonly string[]> {
  try {
    return await playScenario(scenario, loadJob(compileText(pipeline, { optimize: true })));
  } catch (error) {
    return [`${error instanceof Error ? error.message.replace(pipeline, "").trim() : String(error)}`];
  }
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
