import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { capturedResult, readCapture, type CapturedBatch } from "../../../runtime/query/capture-reader.ts";
import type { Checked } from "../../compile.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { readsOf } from "../../ir/physical/reads-of.ts";
import { checkJob } from "../check-job.ts";
import { CliError } from "../cli-error.ts";
import { contentOf } from "../content-of.ts";
import { packageFolder } from "../package-folder.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readJob, type JobFile } from "../read-job.ts";
import { recordedInputs } from "../record/recorded-inputs.ts";
import { recordedTest } from "../record/recorded-test.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { writeNewFile } from "../write-new-file.ts";
import { relativeSpecifier } from "../specifiers.ts";
import { readRecordArguments } from "../record/record-arguments.ts";

export const recordHelp = `sluice record CAPTURE --job FILE [--out TEST] [--param NAME=VALUE]…

Writes a test that runs a job over the input files that it has now and expects the rows of a capture (sluice run --capture).

Options:
  --job FILE           the job that was run
  --out TEST           the test; NAME.recorded.test.ts beside the capture by default
  --param NAME=VALUE   a param of the run; may be repeated
  --help               print this
`;

/** Exit code 1 where the job, the capture or an input cannot be used, or the test is there already; then nothing is written. */
export async function record(argv: readonly string[], shell: Shell): Promise<number> {
  const { help, capture, job: path, out, params } = readRecordArguments(argv);
  if (help) {
    shell.stdout(recordHelp);
    return exitCodes.success;
  }
  const file = readJob(path, shell.directory);
  const batches = captured(capture, shell);
  const checked = checkJob(file);
  if (!printDiagnostics(checked, shell) || checked.job === undefined) return exitCodes.userError;
  const { job } = checked;
  const target = resolve(shell.directory, out ?? join(dirname(capture), `${nameOf(file)}.recorded.test.ts`));
  if (existsSync(target)) throw new CliError(`${out ?? target} is there already`, "remove it, or name another file with --out");
  const ran = job.queries.filter(({ name }) => batches.some(({ query }) => query === name));
  if (ran.length === 0) throw new CliError(`${capture} has no batch of ${path}`, "name the job that was run");
  const results = ran.map((query) => ({ sink: query.name, rows: resultOf(query, batches) }));
  // Other sinks would run with their real writers. Those that are together run as one.
  const queries = job.options.sinks === "together" || ran.length === job.queries.length ? undefined : ran.map(({ name }) => name);
  const inputs = recordedInputs(queries === undefined ? job : { ...job, inputs: inputsOf(checked, queries) }, params, shell.directory);
  const isDrained = batches.some(({ end }) => end?.watermark === "Infinity" || (end?.watermark === null && end.inputRows === 0));
  const text = recordedTest({ module: relativeSpecifier(dirname(target), join(generatedOf(file), `${nameOf(file)}.ts`)), capture: basename(capture), params, queries, inputs, isDrained, results });
  writeNewFile(target, text);
  for (const source of inputs.fromElsewhere) shell.stderr(`note: a capture has no inputs; write the rows of \`${source}\` into ${out ?? target}\n`);
  shell.stdout(`wrote ${out ?? target}\n`);
  return exitCodes.success;
}

/** What queries read of the job's inputs. */
function inputsOf({ job, queries }: Checked, names: readonly string[]): readonly Input[] {
  const read = new Set(queries.filter(({ analyzed }) => names.includes(analyzed.name)).flatMap(({ physical }) => readsOf(physical).map(({ input }) => input.name)));
  return (job?.inputs ?? []).filter(({ name }) => read.has(name));
}

function captured(path: string, shell: Shell): readonly CapturedBatch[] {
  const text = contentOf(resolve(shell.directory, path));
  if (text === undefined) throw new CliError(`there is no ${path}`, "make one: sluice run FILE --capture CAPTURE");
  try {
    return readCapture(text);
  } catch (error) {
    throw error instanceof TypeError ? new CliError(`${path} is no capture: ${error.message}`, "make one: sluice run FILE --capture CAPTURE") : error;
  }
}

function resultOf({ name, mode, plan }: LogicalQuery, batches: readonly CapturedBatch[]): readonly string[] {
  const key = mode === "update" && plan.streaming ? plan.key?.map((id) => plan.output.find((column) => column.id === id)?.name ?? "") : undefined;
  return capturedResult(batches.filter(({ query, end }) => query === name && end !== undefined), mode, key);
}

function generatedOf(file: JobFile): string {
  const home = packageFolder(dirname(file.absolute));
  if (home === undefined) throw new CliError(`there is no package.json above ${file.path}, so no folder of built modules`, "make the test in a project");
  return join(home, "generated");
}

function nameOf({ absolute }: JobFile): string {
  return basename(absolute).replace(/\.sluice$/, "");
}
