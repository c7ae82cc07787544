import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Checked } from "../../../compiler/compile.ts";
import { type CapturedBatch, readCapture } from "../../../runtime/query/capture-reader.ts";
import { runJob } from "../../../runtime/query/run-job.ts";
import { SimHost } from "../../../runtime/testing/index.ts";
import { loadJob } from "../../support/load-job.ts";
import type { DifferentialCase } from "./differential-case.ts";
import { fileTime, paramWords } from "./run-words.ts";

/** How a job ran on a target. */
export interface CaseRun {
  /** Undefined where all went well. */
  readonly failure: string | undefined;
  readonly batches: readonly CapturedBatch[];
}

/** Runs a case as `sluice run` does, on a machine in memory that has its files at the paths of the real ones. */
export async function runOnNode(one: DifferentialCase, checked: Checked, folder: string): Promise<CaseRun> {
  const job = loadJob(checked, await importsOf(checked, one.path));
  const host = new SimHost({ autoAdvance: true, start: fileTime(1000) });
  const capture = `${folder}/capture`;
  let count = 0;
  let failure: string | undefined;
  for (const files of one.runs) {
    for (const { path, content } of files) host.fs.put(`${folder}/${path}`, content, fileTime(count++));
    const how = one.how === "batch" ? ["--batch"] : ["--available-now", "--checkpoint", `${folder}/checkpoint`];
    const code = await runJob(job, [...how, ...paramWords(one, folder), "--capture", capture], host);
    if (code !== 0) {
      failure = host.stderr;
      break;
    }
  }
  return { failure, batches: readCapture(host.fs.text(capture) ?? "") };
}

/** The modules with the user's functions, by the specifiers of the job. */
async function importsOf(checked: Checked, path: string): Promise<Readonly<Record<string, unknown>>> {
  const modules: Record<string, unknown> = {};
  for (const statement of checked.program.statements) {
    if (statement.kind !== "Import") continue;
    const module: unknown = await import(pathToFileURL(resolve(dirname(path), statement.from.value)).href);
    modules[statement.from.value] = module;
  }
  return modules;
}
