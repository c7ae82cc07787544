import { resolve } from "node:path";
import { committedOffsets, type CommittedOffsets } from "../../../runtime/checkpoint/committed-offsets.ts";
import { offsetText, parseOffset } from "../../../runtime/connectors/kafka/partition-offsets.ts";
import { nodeHost } from "../../../runtime/host/node-host.ts";
import { CliError } from "../cli-error.ts";
import { readArguments } from "../read-arguments.ts";
import { exitCodes, type Shell } from "../shell.ts";

export const offsetsHelp = `sluice offsets CHECKPOINT… [--read NAME | --watermark]

Prints how far a query has read its topics, as JSON that \`startingOffsets\` takes, here and on Spark: of each partition the first
offset that no committed batch has read. CHECKPOINT is the checkpoint of the query (DIR/QUERY); of a query that ran in shards all
of them (DIR/shard-*/QUERY). Nothing is changed.

Options:
  --read NAME    the source, where the query reads topics by several
  --watermark    the watermark of the newest committed batch instead: all windows that end at it or before have been given to the sink
  --help         print this
`;

interface Found extends CommittedOffsets {
  readonly path: string;
}

/** Exit code 1 where a folder is no checkpoint, or its query reads no topic. */
export async function offsets(argv: readonly string[], shell: Shell): Promise<number> {
  const { files: paths, options, help } = readArguments(argv, { read: "value", watermark: "flag" });
  if (help) {
    shell.stdout(offsetsHelp);
    return exitCodes.success;
  }
  if (paths.length === 0) throw new CliError("no checkpoint to read", "write sluice offsets DIR/QUERY");
  const host = nodeHost();
  const found = paths.map((path): Found => {
    const committed = committedOffsets(host, resolve(shell.directory, path));
    if (committed === undefined) throw new CliError(`${path} is no checkpoint`, "name the folder of a query in the one that --checkpoint named: DIR/QUERY");
    return { ...committed, path };
  });
  const [first] = found;
  const other = found.find(({ queryName }) => queryName !== first?.queryName);
  if (first !== undefined && other !== undefined) throw new CliError(`${first.path} is of the query \`${first.queryName}\`, and ${other.path} of \`${other.queryName}\``, "ask for the offsets of one query after the other");
  for (const { path, begun } of found) {
    if (begun !== undefined) shell.stderr(`warning: batch ${begun} of ${path} has begun and is not committed: a sink without transactions may have some of it; run the job once more, to the end of the batch, and ask again\n`);
  }
  shell.stdout(`${options.has("watermark") ? watermarkOf(found) : merged(found, readOf(found, options.get("read")))}\n`);
  return exitCodes.success;
}

/** Each shard has its own: windows that one has given another has not. */
function watermarkOf(found: readonly Found[]): string {
  const [only, second] = found;
  if (only === undefined || second !== undefined) throw new CliError("several checkpoints have several watermarks", "bring the shards into one first: sluice reshard FILE --checkpoint DIR --from N --to 1");
  if (only.newest === undefined) throw new CliError(`${only.path} has no committed batch, and so no watermark`, "run the job first");
  const { watermark } = only.newest;
  if (watermark === Infinity) throw new CliError(`${only.path} was drained: all windows were closed`, "begin anew with what comes next");
  return new Date(watermark).toISOString();
}

function readOf(found: readonly Found[], given: string | undefined): string {
  const topics = [...new Set(found.flatMap(({ sources }) => sources.filter(({ connector }) => connector === "kafka").map(({ name }) => name)))];
  const [only, second] = topics;
  const query = found[0]?.queryName ?? "";
  if (only === undefined) throw new CliError(`the query \`${query}\` reads no topic`, "offsets of files, sockets and receivers mean nothing elsewhere");
  if (given !== undefined && !topics.includes(given)) throw new CliError(`the query \`${query}\` has no read \`${given}\` of a topic`, `it has ${topics.join(", ")}`);
  if (given === undefined && second !== undefined) throw new CliError(`the query \`${query}\` reads topics by ${topics.join(", ")}`, `name one: --read ${only}`);
  return given ?? only;
}

/** Slices have partitions of their own; where one process read all before, the newest position counts. */
function merged(found: readonly Found[], read: string): string {
  const positions = new Map<string, number>();
  for (const { newest, path } of found) {
    const text = newest?.offsets[read];
    if (text === undefined || text === null) throw new CliError(`${path} has no committed batch that has read \`${read}\``, "run the job first, or begin where its text says");
    for (const [partition, offset] of parseOffset(text)) positions.set(partition, Math.max(offset, positions.get(partition) ?? 0));
  }
  return offsetText(positions);
}
