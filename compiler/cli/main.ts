import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import { nearest } from "../diagnostics/did-you-mean.ts";
import { CliError } from "./cli-error.ts";
import { exitCodes, type Command, type Shell } from "./shell.ts";
import { versionOf } from "./version.ts";

/** Each is loaded when it is called: a run of a job that was compiled before needs no compiler. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["build", async () => (await import("./commands/build.ts")).build],
  ["check", async () => (await import("./commands/check.ts")).check],
  ["explain", async () => (await import("./commands/explain.ts")).explain],
  ["explain-error", async () => (await import("./commands/explain-error.ts")).explainError],
  ["fmt", async () => (await import("./commands/fmt.ts")).fmt],
  ["new", async () => (await import("./commands/new.ts")).newProject],
  ["offsets", async () => (await import("./commands/offsets.ts")).offsets],
  ["record", async () => (await import("./commands/record.ts")).record],
  ["reshard", async () => (await import("./commands/reshard.ts")).reshard],
  ["run", async () => (await import("./commands/run.ts")).run],
]);

const help = `sluice COMMAND …

Commands:
  build [--check] [--out DIR] FILE…   write the TypeScript modules of jobs
  build --bundle [-o FILE] FILE       write a job with all that it needs as one file
  build --target spark [-o DIR] FILE… write the programs of jobs for Apache Spark
  check FILE… [--json]                report what is wrong with jobs
  explain FILE [--stage STAGE]        print what the compiler makes of a job
  explain-error CODE                  say what an error means and how to mend it
  fmt [--check] FILE…                 lay out jobs
  new DIR                             make a project with a job, data and a test
  offsets CHECKPOINT…                 print how far a query has read its topics
  record CAPTURE --job FILE           write a test that expects what a run has captured
  reshard FILE --from N --to M …      divide a job's checkpoints into another number of shards
  run FILE [options]                  compile a job and run its queries

\`sluice COMMAND --help\` says more; \`sluice --version\` prints the version.
`;

/** The command line: arguments behind `sluice` in, exit code out. A user's mistake is printed plainly, a bug with its stack. */
export async function main(argv: readonly string[], shell: Shell): Promise<number> {
  try {
    return await dispatch(argv, shell);
  } catch (error) {
    if (error instanceof CliError) shell.stderr(error.render());
    else if (error instanceof SluiceRuntimeError) shell.stderr(`${error.render()}\n`);
    else {
      shell.stderr(`error: this is a bug in Sluice, not in the job; please report it with what follows\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return exitCodes.bug;
    }
    return exitCodes.userError;
  }
}

async function dispatch(argv: readonly string[], shell: Shell): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    shell.stderr(help);
    return exitCodes.userError;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    shell.stdout(help);
    return exitCodes.success;
  }
  if (name === "--version" || name === "-v") {
    shell.stdout(`${versionOf(shell.installation)}\n`);
    return exitCodes.success;
  }
  const command = commands.get(name);
  if (command !== undefined) return (await command())(rest, shell);
  const near = nearest(name, commands.keys());
  if (name.endsWith(".sluice")) throw new CliError(`\`${name}\` is a file, not a command`, `write sluice run ${name}`);
  throw new CliError(`there is no command \`${name}\``, near === undefined ? `commands: ${[...commands.keys()].join(", ")}` : `did you mean \`sluice ${near}\`?`);
}
