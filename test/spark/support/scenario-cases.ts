import { readFileSync } from "node:fs";
import { inputLine, tableLines } from "../../facts/scenario-rows.ts";
import { readPipelines } from "../../facts/scenario-pipelines.ts";
import { readScenarios, type Scenario } from "../../facts/scenario.ts";
import type { CaseFile, DifferentialCase } from "./differential-case.ts";
import { filesForQueues } from "./files-for-queues.ts";

/** The scenarios of a file in `test/facts` whose steps can be said by files: each added list of rows is a file of each source, one without rows where a source gets none. */
export interface ScenarioCases {
  readonly cases: readonly DifferentialCase[];
  /** The others, and why. */
  readonly others: ReadonlyMap<string, string>;
}

export function scenarioCases(file: string): ScenarioCases {
  const pipelines = readPipelines(read("pipelines.json"));
  const cases: DifferentialCase[] = [];
  const others = new Map<string, string>();
  for (const scenario of readScenarios(read(file))) {
    const pipeline = pipelines.get(scenario.id);
    if (pipeline === undefined || pipeline === null) others.set(scenario.id, "it has no job");
    else if (scenario.steps.some(({ action }) => action.kind === "loseCommits")) others.set(scenario.id, "a commit is lost, which no file can say");
    else {
      const condition = conditionOf(scenario);
      cases.push({ name: scenario.id, path: "job.sluice", text: (folder) => filesForQueues(pipeline, folder), runs: runsOf(scenario), how: "available now", ...(condition === undefined ? {} : { fails: condition }) });
    }
  }
  return { cases, others };
}

/** By what a scenario fails: the class in brackets in Spark's error. */
function conditionOf({ id, steps }: Scenario): string | undefined {
  const error = steps.find((step) => step.error !== undefined)?.error;
  if (error === undefined) return undefined;
  const condition = /\[([A-Z_0-9.]+)\]/.exec(error)?.[1];
  if (condition === undefined) throw new TypeError(`scenario ${id} fails by nothing that has a name: ${error}`);
  return condition;
}

/** The files between two starts; tables are there from the start. */
function runsOf(scenario: Scenario): readonly (readonly CaseFile[])[] {
  const runs: CaseFile[][] = [];
  let files: CaseFile[] = [...scenario.tables].map(([name, sql]) => ({ path: `${name}/1.json`, content: `${tableLines(sql).join("\n")}\n` }));
  let count = 0;
  let isRunning = false;
  const end = (): void => {
    if (isRunning) {
      runs.push(files);
      files = [];
    }
    isRunning = false;
  };
  for (const { action } of scenario.steps) {
    if (action.kind === "add") {
      count++;
      for (const [source, columns] of scenario.sources) files.push({ path: `${source}/${String(count).padStart(3, "0")}.json`, content: `${(action.rows.get(source) ?? []).map((row) => inputLine(columns, row)).join("\n")}\n` });
    } else if (action.kind === "stop") end();
    else if (action.kind === "start") {
      end();
      isRunning = true;
    }
  }
  end();
  return runs;
}

function read(name: string): string {
  return readFileSync(new URL(`../../facts/${name}`, import.meta.url), "utf8");
}
