import { checkShards } from "../../4-plan/check-shards.ts";
import { diagnosticToJson } from "../../diagnostics/render-json.ts";
import { stateWarnings } from "../../explain/state-warnings.ts";
import { checkForSpark } from "../check-for-spark.ts";
import { checkJob } from "../check-job.ts";
import { CliError } from "../cli-error.ts";
import { hasErrors, printDiagnostics } from "../print-diagnostics.ts";
import { readArguments } from "../read-arguments.ts";
import { readJob } from "../read-job.ts";
import { readTarget } from "../read-target.ts";
import { exitCodes, type Shell } from "../shell.ts";

export const checkHelp = `sluice check FILE… [--target spark] [--shards] [--json]

Reports everything that is wrong with the files, warns of state that nothing gives back, and writes nothing.

Options:
  --target spark  what Spark refuses and does otherwise too
  --shards        why queries cannot be divided into shards (sluice run --shard) too
  --json          one JSON object a finding on stdout, rather than text on stderr
  --help          print this
`;

/** Exit code 0 where no file has an error, else 1. */
export async function check(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, help } = readArguments(argv, { target: "value", shards: "flag", json: "flag" });
  if (help) {
    shell.stdout(checkHelp);
    return exitCodes.success;
  }
  if (files.length === 0) throw new CliError("no file to check", "write sluice check FILE.sluice");
  const target = readTarget(options);
  let failed = false;
  let first: string | undefined;
  for (const path of files) {
    const file = readJob(path, shell.directory);
    const { source, job, diagnostics: found, queries } = target === "spark" ? await checkForSpark(file) : checkJob(file);
    const shards = options.has("shards") ? checkShards(queries) : [];
    const diagnostics = [...found, ...shards, ...(job === undefined ? [] : stateWarnings(job))];
    if (options.has("json")) for (const diagnostic of diagnostics) shell.stdout(`${JSON.stringify(diagnosticToJson(diagnostic, source))}\n`);
    else printDiagnostics({ diagnostics, source }, shell);
    failed ||= hasErrors(diagnostics);
    first ??= diagnostics[0]?.code;
  }
  if (first !== undefined && !options.has("json")) shell.stderr(`\nsluice explain-error ${first} says more\n`);
  return failed ? exitCodes.userError : exitCodes.success;
}
