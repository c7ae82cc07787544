import { parseArgs } from "node:util";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { MonitorAddress } from "../metrics/monitor.ts";
import { nearestName } from "./nearest-name.ts";
import type { RunMode } from "./run-mode.ts";
import { readShard, type Shard } from "./shard.ts";

/** How a run shows its progress. */
export type ProgressForm = "bar" | "json" | "none";

/** The options of `sluice run`, which an emitted module takes too. */
export interface RunOptions {
  /** Names of the queries to run; empty: all. */
  readonly queries: readonly string[];
  readonly mode: RunMode;
  readonly checkpoint: string | undefined;
  /** The part of the topics that this process reads; undefined: everything. */
  readonly shard: Shard | undefined;
  /** How many processes are to be started, each of which reads its part; undefined: this one reads. */
  readonly shards: number | undefined;
  /** Texts by the names of params. */
  readonly params: Readonly<Record<string, string>>;
  readonly capture: { readonly path: string; readonly changelog: boolean } | undefined;
  /** Statements to answer once the queries have ended, in order. */
  readonly sql: readonly string[];
  readonly sqlAsJson: boolean;
  /** Undefined: a bar on a terminal, nothing elsewhere. */
  readonly progress: ProgressForm | undefined;
  /** Where the run answers questions about it over HTTP. */
  readonly monitor: MonitorAddress | undefined;
  readonly help: boolean;
}

/** What `--help` prints of the options, without the line that says how the command is called. */
export const runOptionsHelp = `Options:
  --query NAME          run this query only; may be repeated
  --batch               one batch over all that is there now, without a checkpoint, and end
  --once                one batch with everything that is new, and end
  --available-now       what is there now in the trigger's steps, and end
  --drain               as --available-now, then close every window: the input has ended
  --checkpoint DIR      keep the checkpoint of query Q in DIR/Q
  --shards N            run N shards, each in a process, and start again those that die
  --shard I/N           be one of N processes: read the partitions p of topics with p mod N = I
  --param NAME=VALUE    the value of a param; may be repeated
  --capture FILE        write every row and the end of every batch to FILE, as JSON lines
  --changelog           with --capture: the rows before updates too, and deleted rows as they were
  --sql "SELECT …"      read the memory sinks once the queries have ended; may be repeated
  --json                with --sql: JSON lines rather than a table
  --progress FORM       bar, json or none; a bar on a terminal by default
  --port N              answer /health, /metrics and /progress over HTTP; 0: a free port
  --host ADDRESS        with --port: where to listen; 127.0.0.1 by default
  --stalled-after N     with --port: /health fails once a batch takes N seconds; 600 by default
  --help                print this
`;

const options = {
  "query": { type: "string", multiple: true },
  "batch": { type: "boolean" },
  "once": { type: "boolean" },
  "available-now": { type: "boolean" },
  "drain": { type: "boolean" },
  "checkpoint": { type: "string" },
  "shard": { type: "string" },
  "shards": { type: "string" },
  "param": { type: "string", multiple: true },
  "capture": { type: "string" },
  "changelog": { type: "boolean" },
  "sql": { type: "string", multiple: true },
  "json": { type: "boolean" },
  "progress": { type: "string" },
  "port": { type: "string" },
  "host": { type: "string" },
  "stalled-after": { type: "string" },
  "help": { type: "boolean", short: "h" },
} as const;

type OptionName = keyof typeof options;

/** One thing that was written on the command line. */
type Given = { readonly kind: "positional"; readonly index: number; readonly value: string } | { readonly kind: "option"; readonly name: OptionName; readonly value: string };

const modes: readonly (readonly [option: OptionName, mode: RunMode])[] = [
  ["batch", "batch"],
  ["once", "once"],
  ["available-now", "available now"],
  ["drain", "drain"],
];

/** Reads the options of a run; every mistake is an R762x error that says how to write it. */
export function readRunOptions(argv: readonly string[]): RunOptions {
  const given = readGiven(argv);
  const extra = given.find((part) => part.kind === "positional");
  if (extra !== undefined) throw usage("R7620", `\`${extra.value}\` is not an option`, "options begin with --; see --help");
  const values = (name: OptionName): readonly string[] => given.flatMap((part) => (part.kind === "option" && part.name === name ? [part.value] : []));
  const has = (name: OptionName): boolean => values(name).length > 0;
  const one = (name: OptionName): string | undefined => {
    const [value, second] = values(name);
    if (second !== undefined) throw usage("R7622", `--${name} is given twice`, `give --${name} once`);
    return value;
  };
  const mode = readMode(has);
  const checkpoint = one("checkpoint");
  if (mode === "batch" && checkpoint !== undefined) {
    throw usage("R7622", "--batch and --checkpoint do not go together: a bounded run reads everything at once and keeps no checkpoint", "leave --checkpoint out, or run with --drain");
  }
  const shard = one("shard");
  const capture = one("capture");
  if (has("changelog") && capture === undefined) throw usage("R7622", "--changelog says what --capture writes, and there is no --capture", "add --capture FILE");
  if (has("json") && !has("sql")) throw usage("R7622", "--json says how --sql prints, and there is no --sql", 'add --sql "SELECT …", or use --progress json');
  return {
    queries: [...new Set(values("query"))],
    mode,
    checkpoint,
    shard: shard === undefined ? undefined : readShard(shard),
    shards: readShards(one("shards"), shard),
    params: readParams(values("param")),
    capture: capture === undefined ? undefined : { path: capture, changelog: has("changelog") },
    sql: values("sql"),
    sqlAsJson: has("json"),
    progress: readProgress(one("progress")),
    monitor: readMonitor(one("port"), one("host"), one("stalled-after")),
    help: has("help"),
  };
}

/** Takes the file out of the arguments of `sluice run`, wherever it stands between the options. */
export function splitRunArguments(argv: readonly string[]): { readonly files: readonly string[]; readonly options: readonly string[] } {
  const positionals = readGiven(argv).filter((part) => part.kind === "positional");
  const places = new Set(positionals.map((part) => part.index));
  return { files: positionals.map((part) => part.value), options: argv.filter((text, at) => !places.has(at) && text !== "--") };
}

function readGiven(argv: readonly string[]): readonly Given[] {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  return tokens.flatMap((token): readonly Given[] => {
    if (token.kind === "option-terminator") return [];
    if (token.kind === "positional") return [{ kind: "positional", index: token.index, value: token.value }];
    const { name, rawName, value, inlineValue } = token;
    if (!isOption(name)) throw unknownOption(rawName);
    const { type } = options[name];
    if (type === "boolean" && value !== undefined) throw usage("R7621", `${rawName} takes no value`, `write ${rawName} alone`);
    if (type === "string" && (value === undefined || (inlineValue === false && isOption(value.replace(/^--/, "")) && value.startsWith("--")))) {
      throw usage("R7621", `${rawName} needs a value`, `write ${rawName} ${placeholderOf(name)}`);
    }
    return [{ kind: "option", name, value: value ?? "" }];
  });
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function placeholderOf(name: OptionName): string {
  return /** The word after the option in its line of the help. */ new RegExp(`--${name} ([A-Z=/]+|"[^"]*")`).exec(runOptionsHelp)?.[1] ?? "VALUE";
}

function unknownOption(rawName: string): SluiceRuntimeError {
  const near = nearestName(rawName.replace(/^-+/, ""), Object.keys(options));
  return usage("R7620", `there is no option ${rawName}`, near === undefined ? "see --help" : `did you mean --${near}?`);
}

function readMode(has: (name: OptionName) => boolean): RunMode {
  const chosen = modes.filter(([option]) => has(option));
  const [first, second] = chosen;
  if (first !== undefined && second !== undefined) throw usage("R7622", `--${first[0]} and --${second[0]} say two different ways to run`, "keep one of them");
  return first?.[1] ?? "declared";
}

/** The texts of params by name, as `--param NAME=VALUE` gives them. R7621 and R7622. */
export function readParams(texts: readonly string[]): Readonly<Record<string, string>> {
  const params = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at <= 0) throw usage("R7621", `--param ${text} gives no value`, `write --param ${at === 0 ? "NAME" : text}${at === 0 ? text : "=VALUE"}`);
    const name = text.slice(0, at);
    if (params.has(name)) throw usage("R7622", `the param \`${name}\` is given twice`, `give --param ${name}=… once`);
    params.set(name, text.slice(at + 1));
  }
  return Object.fromEntries(params);
}

function readMonitor(port: string | undefined, host: string | undefined, stalledAfter: string | undefined): MonitorAddress | undefined {
  if (port === undefined) {
    const [alone] = [...(host === undefined ? [] : ["host"]), ...(stalledAfter === undefined ? [] : ["stalled-after"])];
    if (alone !== undefined) throw usage("R7622", `--${alone} says how --port answers, and there is no --port`, "add --port N");
    return undefined;
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw usage("R7621", `--port ${port} is no port`, "write a number from 0 to 65535");
  if (host === "") throw usage("R7621", "--host names no address", "write --host 0.0.0.0, or leave it out");
  if (stalledAfter !== undefined && !/^[1-9]\d{0,8}$/.test(stalledAfter)) throw usage("R7621", `--stalled-after ${stalledAfter} is no number of seconds`, "write a whole number of seconds, 600 for ten minutes");
  return { host: host ?? "127.0.0.1", port: Number(port), stalledAfter: Number(stalledAfter ?? 600) * 1000 };
}

function readShards(text: string | undefined, shard: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (shard !== undefined) throw usage("R7622", "--shards starts all shards, and --shard is one of them", "keep one of them");
  if (!/^[1-9]\d{0,3}$/.test(text)) throw usage("R7621", `--shards ${text} is no number of shards`, "write a whole number, 3 for three processes");
  return text === "1" ? undefined : Number(text);
}

function readProgress(text: string | undefined): ProgressForm | undefined {
  if (text === undefined || text === "bar" || text === "json" || text === "none") return text;
  const near = nearestName(text, ["bar", "json", "none"]);
  throw usage("R7621", `--progress ${text} is no form of progress`, near === undefined ? "write bar, json or none" : `did you mean ${near}?`);
}

function usage(code: "R7620" | "R7621" | "R7622", what: string, how: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code, what, how });
}
