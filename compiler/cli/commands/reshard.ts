import { parseArgs } from "node:util";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { CliError } from "../cli-error.ts";
import { findCompiled } from "../job-cache.ts";
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

const options = {
  "checkpoint": { type: "string" },
  "from": { type: "string" },
  "to": { type: "string" },
  "query": { type: "string", multiple: true },
  "param": { type: "string", multiple: true },
  "help": { type: "boolean", short: "h" },
} as const;

/** What was asked for. */
interface Asked {
  readonly files: readonly string[];
  readonly help: boolean;
  values(name: string): readonly string[];
  one(name: string, placeholder: string): string;
}

/** Exit codes 0, 1 (the file, an option, or the state of the checkpoints is in the way), 2 (our bug) and 3 (a batch, or the disk, failed). */
export async function reshard(argv: readonly string[], shell: Shell): Promise<number> {
  const asked = read(argv);
  if (asked.help) {
    shell.stdout(reshardHelp);
    return exitCodes.success;
  }
  const [path, second] = asked.files;
  if (path === undefined) throw new CliError("no job whose checkpoints are to be divided", "write sluice reshard FILE.sluice --checkpoint DIR --from N --to M");
  if (second !== undefined) throw new CliError(`reshard takes one file, and ${second} is a second`, "divide the checkpoints of one job after the other");
  const checkpoint = asked.one("checkpoint", "DIR");
  const [from, to] = [countOf("from", asked.one("from", "N")), countOf("to", asked.one("to", "M"))];
  if (from === to) throw new CliError(`--from and --to are both ${from}`, "give the number of shards that there are to be by --to");
  const params = paramsOf(asked.values("param"));
  const file = readJob(path, shell.directory);
  const compiled = findCompiled(file, shell) ?? (await (await import("../compile-for-run.ts")).compileForRun(file, shell));
  if (compiled === undefined) return exitCodes.userError;
  return useModule<typeof import("../../../runtime/reshard/reshard-job.ts")>(compiled.module, "runtime/reshard/reshard-job.ts", shell, (job, { reshardJob }, host) =>
    reshardJob(job, { checkpoint, from, to, queries: asked.values("query"), params }, host),
  );
}

function read(argv: readonly string[]): Asked {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const files: string[] = [];
  const given: (readonly [name: string, value: string])[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    if (!Object.hasOwn(options, name)) throw new CliError(`there is no option ${rawName}`, suggestion(name, Object.keys(options), "options")?.replace(/`([^`]+)`/g, "--$1"));
    if (name !== "help" && value === undefined) throw new CliError(`${rawName} needs a value`, `write ${rawName} VALUE`);
    given.push([name, value ?? ""]);
  }
  const values = (name: string): readonly string[] => given.filter(([each]) => each === name).map(([, value]) => value);
  return {
    files,
    help: values("help").length > 0,
    values,
    one(name, placeholder) {
      const [value, second] = values(name);
      if (value === undefined) throw new CliError(`--${name} is missing`, `add --${name} ${placeholder}`);
      if (second !== undefined) throw new CliError(`--${name} is given twice`, `give --${name} once`);
      return value;
    },
  };
}

function countOf(name: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CliError(`--${name} ${text} is no number of shards`, "write a whole number from 1 on; 1 is one process without --shard");
}

function paramsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at <= 0) throw new CliError(`--param ${text} gives no value`, "write --param NAME=VALUE");
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
