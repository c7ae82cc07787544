// Holds Sluice against streaming scenarios observed on Spark: npm run scenarios -- FILE.json [--pipelines FILE.json]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judgeScenario } from "./judge-scenario.ts";
import { readPipelines } from "./scenario-pipelines.ts";
import { readScenarios } from "./scenario.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pipelines: { type: "string" } } });
const files = positionals.length === 0 ? [beside("scenarios.json")] : positionals;
const pipelines = readPipelines(readFileSync(values.pipelines ?? beside("pipelines.json"), "utf8"));

const counts = { agrees: 0, DIFFERS: 0, skipped: 0 };
for (const scenario of files.flatMap((file) => readScenarios(readFileSync(file, "utf8")))) {
  const judgement = await judgeScenario(scenario, pipelines);
  counts[judgement.verdict]++;
  process.stdout.write(`${scenario.id} ${judgement.verdict}  ${scenario.title}\n`);
  if (judgement.verdict === "DIFFERS") for (const difference of judgement.differences) process.stdout.write(`    ${difference}\n`);
}
process.stdout.write(`${counts.agrees} of ${counts.agrees + counts.DIFFERS} agree, ${counts.DIFFERS} differ, ${counts.skipped} skipped (their pipeline is null)\n`);
process.exitCode = counts.DIFFERS === 0 ? 0 : 1;

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
