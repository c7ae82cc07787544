import { readParams } from "../../../runtime/query/run-options.ts";
import { CliError } from "../cli-error.ts";
import { findCompiled } from "../job-cache.ts";
import { readArguments, type Arguments } from "../read-arguments.ts";
import { readJob } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { useModule } from "../use-module.ts";

export const reshardHelp = `sluice reshard FILE --checkpoint DIR --from N --to M [options]

Divides the checkpoints of a job that ran in N shards into those of M shards. Every shard must have been stopped, and have run its
last batch to the end. The old checkpoints stay, beside the new ones.

Options:
  --checkpoint DIR      the folder that the runs of the job name
  --from N              how many shards there are; 1: one process, without --shard
  --to M                how many there are to be; 1: one process
  --query NAME          this query only; may be repeated
  --param NAME=VALUE    the value of a param, as for the run; may be repeated
  --help                print this
`;

/** Exit codes 0, 1 (the file, an option, or the state of the checkpoints is in the way), 2 (our bug) and 3 (a batch, or the disk, failed). */
export async function reshard(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, repeated, help } = readArguments(argv, { checkpoint: "value", from: "value", to: "value", query: "values", param: "values" });
  if (help) {
    shell.stdout(reshardHelp);
    return exitCodes.success;
  }
  const [path, second] = files;
  if (path === undefined) throw new CliError("no job whose checkpoints are to be divided", "write sluice reshard FILE.sluice --checkpoint DIR --from N --to M");
  if (second !== undefined) throw new CliError(`reshard takes one file, and ${second} is a second`, "divide the checkpoints of one job after the other");
  const checkpoint = required("checkpoint", "DIR", options);
  const [from, to] = [countOf("from", required("from", "N", options)), countOf("to", required("to", "M", options))];
  if (from === to) throw new CliError(`--from and --to are both ${from}`, "give the number of shards that there are to be by --to");
  const params = readParams(repeated.get("param") ?? []);
  const queries = [...new Set(repeated.get("query"))];
  const file = readJob(path, shell.directory);
  const compiled = findCompiled(file, shell) ?? (await (await import("../compile-for-run.ts")).compileForRun(file, shell));
  if (compiled === undefined) return exitCodes.userError;
  return useModule<typeof import("../../../runtime/reshard/reshard-job.ts")>(compiled.module, "runtime/reshard/reshard-job.ts", shell, (job, { reshardJob }, host) =>
    reshardJob(job, { checkpoint, from, to, queries, params }, host),
  );
}

function required(name: string, placeholder: string, options: Arguments["options"]): string {
  const value = options.get(name);
  if (value === undefined) throw new CliError(`--${name} is missing`, `add --${name} ${placeholder}`);
  return value;
}

function countOf(name: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CliError(`--${name} ${text} is no number of shards`, "write a whole number from 1 on; 1 is one process without --shard");
}
