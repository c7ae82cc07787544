import { isSupervised } from "../../../runtime/host/start-again.ts";
import { readRunOptions, runOptionsHelp, splitRunArguments } from "../../../runtime/query/run-options.ts";
import { CliError } from "../cli-error.ts";
import { findCompiled } from "../job-cache.ts";
import { readJob } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { useModule } from "../use-module.ts";
import { refusedShards, warningsOf } from "../warnings-of.ts";

export const runHelp = `sluice run FILE [options]

Compiles a job and runs its queries.

${runOptionsHelp}`;

/** Exit codes 0, 1 (the file or an option is wrong), 2 (our bug) and 3 (a query failed). */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options } = splitRunArguments(argv);
  const { help, queries, shard, shards } = readRunOptions(options);
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
  const refused = shard === undefined && shards === undefined ? [] : refusedShards(queries, compiled.shards);
  // Whoever started the shards has told what all of them would.
  const isTold = isSupervised();
  const warnings = [...refused, ...(isTold ? [] : warningsOf(queries, compiled.warnings))];
  if (warnings.length > 0) {
    const { printDiagnostics } = await import("../print-diagnostics.ts");
    const { SourceText } = await import("../../source/source-text.ts");
    printDiagnostics({ diagnostics: warnings, source: new SourceText(file.path, file.text) }, shell);
  }
  if (refused.length > 0) return exitCodes.userError;
  return useModule<typeof import("../../../runtime/query/run-job.ts")>(compiled.module, "runtime/query/run-job.ts", shell, (job, { runJob }, host) => runJob(job, options, host));
}
