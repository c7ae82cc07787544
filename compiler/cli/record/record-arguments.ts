import { CliError } from "../cli-error.ts";
import { readArguments } from "../read-arguments.ts";

/** What `sluice record` was given. */
export interface RecordArguments {
  readonly help: boolean;
  readonly capture: string;
  readonly job: string;
  readonly out: string | undefined;
  readonly params: ReadonlyMap<string, string>;
}

/** Reads the arguments of `sluice record`; `--param` may be repeated. What is missing is a `CliError`. */
export function readRecordArguments(argv: readonly string[]): RecordArguments {
  const params = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const text = word === "--param" ? argv[++at] : word.startsWith("--param=") ? word.slice("--param=".length) : undefined;
    if (word !== "--param" && text === undefined) {
      rest.push(word);
      continue;
    }
    const equals = text?.indexOf("=") ?? -1;
    if (text === undefined || equals < 1) throw new CliError("--param needs a name and a value", "write --param NAME=VALUE");
    params.set(text.slice(0, equals), text.slice(equals + 1));
  }
  const { files, options, help } = readArguments(rest, { job: "value", out: "value" });
  const [capture, second] = files;
  const job = options.get("job");
  if (!help && capture === undefined) throw new CliError("no capture to record", "write sluice record CAPTURE --job FILE.sluice");
  if (!help && second !== undefined) throw new CliError(`record takes one capture, and ${second} is a second`, "record them one after the other");
  if (!help && job === undefined) throw new CliError("no job to record", "write sluice record CAPTURE --job FILE.sluice");
  return { help, capture: capture ?? "", job: job ?? "", out: options.get("out"), params };
}
