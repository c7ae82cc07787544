import { pathToFileURL } from "node:url";
import { readRunOptions, runOptionsHelp, splitRunArguments } from "../../../runtime/query/run-options.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { CliError } from "../cli-error.ts";
import { findCompiled } from "../job-cache.ts";
import { readJob } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { runtimeUrl } from "../specifiers.ts";
import { warningsOf } from "../warnings-of.ts";

export const runHelp = `sluice run FILE [options]

Compiles a job and runs its queries.

${runOptionsHelp}`;

/** Exit codes 0, 1 (the file or an option is wrong), 2 (our bug) and 3 (a query failed). */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options } = splitRunArguments(argv);
  const { help, queries } = readRunOptions(options);
  if (help) {
    shell.stdout(runHelp);
    return exitCodes.success;
  }
  const [path, second] = files;
  if (path === undefined) throw new CliError("no file to run", "write sluice run FILE.sluice");
  if (second !== undefined) throw new CliError(`run takes one file, and ${second} is a second`, "run them one after the other");
  const file = readJob(path, shell.directory);
  const compiled = findCompiled(file, shell) ?? (await (await import("../compile-for-run.ts")).compileForRun(file, shell));
  if (compiled === undefined) return exitCodes.userError;
  const warnings = warningsOf(queries, compiled.warnings);
  if (warnings.length > 0) {
    const { printDiagnostics } = await import("../print-diagnostics.ts");
    const { SourceText } = await import("../../source/source-text.ts");
    printDiagnostics({ diagnostics: warnings, source: new SourceText(file.path, file.text) }, shell);
  }
  return runModule(compiled.module, options, shell);
}

/** Loads the module and the runtime that it imports from the same files, so that there is one of each class, and runs the job. */
async function runModule(path: string, options: readonly string[], shell: Shell): Promise<number> {
  const unregister = shell.built === undefined ? (await import("tsx/esm/api")).register() : undefined;
  // What a user's function throws shows its own lines.
  process.setSourceMapsEnabled(true);
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    const { runJob }: typeof import("../../../runtime/query/run-job.ts") = await import(runtimeUrl(shell, "runtime/query/run-job.ts"));
    const { nodeHost }: typeof import("../../../runtime/host/node-host.ts") = await import(runtimeUrl(shell, "runtime/host/node-host.ts"));
    return await runJob(jobOf(module), options, nodeHost());
  } finally {
    await unregister?.();
  }
}

type Job = Parameters<(typeof import("../../../runtime/query/run-job.ts"))["runJob"]>[0];

function jobOf(module: unknown): Job {
  if (typeof module === "object" && module !== null && "job" in module && isJob(module.job)) return module.job;
  return internalError("E9010", "an emitted module exports no job");
}

function isJob(value: unknown): value is Job {
  return typeof value === "object" && value !== null && "queries" in value && Array.isArray(value.queries);
}
