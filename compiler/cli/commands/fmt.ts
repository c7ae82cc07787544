import { accessSync, chmodSync, constants, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeSystemError, systemErrorCode } from "../../../runtime/errors/system-error.ts";
import { format } from "../../format.ts";
import { CliError } from "../cli-error.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readArguments } from "../read-arguments.ts";
import { decodeJob, readJob, type JobFile } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { unifiedDiff } from "../unified-diff.ts";

export const fmtHelp = `sluice fmt [--check] FILE…
sluice fmt -

Lays out jobs: one step a line, one way of writing each. Comments stay; what a job means does not change. With - the job is
read from stdin and written to stdout.

Options:
  --check   write nothing, and fail with a diff where a file is not laid out
  --help    print this
`;

/** Exit code 1 where a file has a syntax error (then it is left as it is), or with `--check` where one would change. */
export async function fmt(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, help } = readArguments(argv, { check: "flag" });
  if (help) {
    shell.stdout(fmtHelp);
    return exitCodes.success;
  }
  if (files.length === 0) throw new CliError("no file to lay out", "write sluice fmt FILE.sluice");
  if (files.includes("-")) return formatInput(files, options.has("check"), shell);
  const jobs = files.map((path) => readJob(path, shell.directory));
  let failed = false;
  for (const job of jobs) {
    const formatted = format(job.path, job.text);
    const after = formatted.text;
    if (after === undefined) {
      printDiagnostics(formatted, shell);
      failed = true;
    } else if (after !== job.text) {
      if (options.has("check")) shell.stdout(unifiedDiff(job.path, job.text, after));
      else replaceFile(job, after, shell);
      failed ||= options.has("check");
    }
  }
  return failed ? exitCodes.userError : exitCodes.success;
}

function formatInput(files: readonly string[], isCheck: boolean, shell: Shell): number {
  if (files.length > 1) throw new CliError("- stands alone: stdin is one job", "write sluice fmt - or name files");
  const text = decodeJob("stdin", readFileSync(0));
  const formatted = format("stdin", text);
  const after = formatted.text;
  if (after === undefined) {
    printDiagnostics(formatted, shell);
    return exitCodes.userError;
  }
  shell.stdout(isCheck ? unifiedDiff("stdin", text, after) : after);
  return isCheck && after !== text ? exitCodes.userError : exitCodes.success;
}

/**
 * The file is whole at any time: an editor or a compiler may be reading it. It keeps its mode; where a link leads to it, the link stays,
 * and where it may not be written, it is left as it is.
 */
function replaceFile(job: JobFile, text: string, shell: Shell): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(job.absolute);
    accessSync(target, constants.W_OK);
    temporary = join(dirname(target), `.sluice-fmt-${process.pid}.tmp`);
    writeFileSync(temporary, text);
    chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot write ${job.path}: ${describeSystemError(error)}`);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  }
  shell.stdout(`laid out ${job.path}\n`);
}
