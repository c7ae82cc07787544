import type { Host } from "../host/host.ts";
import { checkpointError, startOver } from "../errors/checkpoint-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { shardWords, type Shard } from "../query/shard.ts";
import { rowCodecVersion, type Partitioning } from "../state/codec.ts";
import { readCheckpointFile, writeCheckpointFile } from "./durable-file.ts";
import { engineVersion } from "./engine-version.ts";
import { jsonObject, type ExactJson } from "./exact-json.ts";
import { asNumber, asText, JsonFields } from "./json-fields.ts";
import { decodeJson, encodeJson } from "./log-codec.ts";
import { joinPath } from "./paths.ts";

/** One read of the query: its name, and what kind of connector it reads from. */
export interface SourceIdentity {
  readonly name: string;
  readonly connector: string;
}

/** What a query must have in common with the checkpoint that it goes on from. */
export interface QueryIdentity {
  readonly queryName: string;
  readonly sources: readonly SourceIdentity[];
  /** Taken for a new checkpoint only. */
  readonly statePartitions: number;
  /** The shard that runs, if it is one. */
  readonly shard?: Shard;
}

/** What a checkpoint holds of its query's topics: all that they have, or a shard's part (a slice). */
export interface SliceMetadata {
  /** Undefined where one process reads everything. */
  readonly shard: Shard | undefined;
  /** How many partitions each topic had when it was last looked at, by name: the hash of a key goes by it. Empty before the first look. */
  readonly partitions: Readonly<Record<string, number>>;
}

/** The file `metadata`, made with the checkpoint; replaced where no batch has been planned yet, and when the query's topics are seen with another number of partitions. */
export interface CheckpointMetadata {
  /** UUID: the query's `id`, which lasts as long as its checkpoint. */
  readonly queryId: string;
  readonly queryName: string;
  readonly engine: string;
  readonly rowCodec: number;
  readonly partitioning: Partitioning;
  /** The folder of a source is its place in this list. */
  readonly sources: readonly SourceIdentity[];
  /** Of a shard, and of a query that may be divided into shards. */
  readonly slice?: SliceMetadata;
  /** The ids of the checkpoints that it was divided from (`sluice reshard`), those before them too: what they wrote, this one goes on with. */
  readonly formerly?: readonly string[];
}

/** Reads `metadata`; undefined where the checkpoint is new. */
export function readMetadata(host: Host, directory: string): CheckpointMetadata | undefined {
  const path = joinPath(directory, "metadata");
  const file = readCheckpointFile(host, path, directory, { kind: "metadata", queryId: undefined, batch: undefined });
  if (file === undefined) return undefined;
  const metadata = parseMetadata(file.payload, path, directory);
  if (metadata.rowCodec > rowCodecVersion) {
    throw checkpointError("newerFormat", `the checkpoint's state was written by a newer Sluice (${metadata.engine}): expected row codec ${rowCodecVersion}, found ${metadata.rowCodec}`, path, "run it with that version, or a later one");
  }
  return metadata;
}

/**
 * The metadata of a checkpoint that no batch has been planned in: inputs and partitions are taken from the query as it is now (its first
 * start may have failed, and the job been mended). What sources of other inputs left is removed.
 */
export function replaceMetadata(host: Host, directory: string, stored: CheckpointMetadata, identity: QueryIdentity): CheckpointMetadata {
  const { sources, statePartitions: partitions } = identity;
  checkShard(stored.slice?.shard, identity.shard, directory);
  const metadata = { ...stored, sources, partitioning: { ...stored.partitioning, partitions } };
  if (Buffer.compare(encodeMetadata(metadata), encodeMetadata(stored)) === 0) return stored;
  host.fs.removeTree(joinPath(directory, "sources"));
  host.fs.syncDirectory(directory);
  writeMetadata(host, directory, metadata, true);
  return metadata;
}

/** Makes the metadata of a new checkpoint, with an id and a hash seed of its own, and writes it durably. */
export function createMetadata(host: Host, directory: string, identity: QueryIdentity): CheckpointMetadata {
  const metadata: CheckpointMetadata = {
    queryId: host.uuid(),
    queryName: identity.queryName,
    engine: engineVersion,
    rowCodec: rowCodecVersion,
    partitioning: { partitions: identity.statePartitions, hash: { name: "murmur3-32", seed: Math.floor(host.random() * 0x1_0000_0000) } },
    sources: identity.sources,
    ...(identity.shard === undefined ? {} : { slice: { shard: identity.shard, partitions: {} } }),
  };
  writeMetadata(host, directory, metadata, false);
  return metadata;
}

/** Writes durably how many partitions the query's topics have. */
export function keepPartitions(host: Host, directory: string, metadata: CheckpointMetadata, partitions: SliceMetadata["partitions"]): CheckpointMetadata {
  const kept: CheckpointMetadata = { ...metadata, slice: { shard: metadata.slice?.shard, partitions } };
  writeMetadata(host, directory, kept, true);
  return kept;
}

/** Writes metadata durably. */
export function writeMetadata(host: Host, directory: string, metadata: CheckpointMetadata, replace: boolean): void {
  const header = { kind: "metadata", queryId: metadata.queryId, incarnation: 0, batch: undefined } as const;
  writeCheckpointFile(host, joinPath(directory, "metadata"), header, encodeMetadata(metadata), "metadata", replace);
}

/** Refuses the checkpoint of another query, or of this one with other inputs: its offsets mean nothing here. */
export function checkIdentity(metadata: CheckpointMetadata, identity: QueryIdentity, directory: string): void {
  if (metadata.queryName !== identity.queryName) {
    throw checkpointError("otherQuery", `the checkpoint belongs to the query "${metadata.queryName}", not to "${identity.queryName}"`, directory,
      "give each query a checkpoint folder of its own");
  }
  checkShard(metadata.slice?.shard, identity.shard, directory);
  for (const stored of metadata.sources) {
    const now = identity.sources.find((source) => source.name === stored.name);
    if (now === undefined) throw sourcesChanged(`"${stored.name}" (${stored.connector}) is read no more`, directory);
    if (now.connector !== stored.connector) throw sourcesChanged(`"${stored.name}" was read from ${stored.connector} and is now read from ${now.connector}`, directory);
  }
  for (const now of identity.sources) {
    if (!metadata.sources.some((stored) => stored.name === now.name)) throw sourcesChanged(`"${now.name}" (${now.connector}) is new`, directory);
  }
}

/** A slice holds the partitions and the state of one shard: any other would miss rows, or read them twice. */
function checkShard(stored: Shard | undefined, now: Shard | undefined, directory: string): void {
  if (stored?.index === now?.index && stored?.count === now?.count) return;
  const words = (shard: Shard | undefined): string => (shard === undefined ? "one process that reads everything" : shardWords(shard));
  throw new SluiceRuntimeError({
    code: "R7801",
    what: `the checkpoint belongs to ${words(stored)}, and is opened by ${words(now)}`,
    where: directory,
    how: "give each shard the checkpoint that it had; to change the number of shards, run `sluice reshard`",
  });
}

function sourcesChanged(change: string, directory: string): Error {
  return checkpointError("sourcesChanged", `the inputs of the query are not those of its checkpoint: ${change}`, directory,
    "run the job that the checkpoint was made with, or give the changed one a new checkpoint folder");
}

function encodeMetadata(metadata: CheckpointMetadata): Uint8Array {
  const { partitions, hash } = metadata.partitioning;
  return encodeJson(jsonObject([
    ["queryId", metadata.queryId],
    ["queryName", metadata.queryName],
    ["engine", metadata.engine],
    ["rowCodec", metadata.rowCodec],
    ["statePartitions", partitions],
    ["hash", jsonObject([["name", hash.name], ["seed", hash.seed]])],
    ["sources", metadata.sources.map((source) => jsonObject([["name", source.name], ["connector", source.connector]]))],
    ...(metadata.slice === undefined ? [] : [["slice", sliceJson(metadata.slice)] as const]),
    ...(metadata.formerly === undefined ? [] : [["formerly", metadata.formerly] as const]),
  ]));
}

function sliceJson({ shard, partitions }: SliceMetadata): ExactJson {
  return jsonObject([
    ...(shard === undefined ? [] : [["shard", jsonObject([["index", shard.index], ["count", shard.count]])] as const]),
    ["partitions", jsonObject(Object.entries(partitions))],
  ]);
}

function parseSlice(fields: JsonFields): SliceMetadata {
  const shard = fields.has("shard") ? fields.object("shard") : undefined;
  return {
    shard: shard === undefined ? undefined : { index: shard.number("index"), count: shard.number("count") },
    partitions: fields.object("partitions").record(asNumber),
  };
}

function parseMetadata(payload: Uint8Array, path: string, directory: string): CheckpointMetadata {
  try {
    const fields = decodeJson(payload);
    const hash = fields.object("hash");
    const name = hash.text("name");
    if (name !== "murmur3-32") throw new SyntaxError(`expected the hash function murmur3-32, found ${name}`);
    return {
      queryId: fields.text("queryId"),
      queryName: fields.text("queryName"),
      engine: fields.text("engine"),
      rowCodec: fields.number("rowCodec"),
      partitioning: { partitions: fields.number("statePartitions"), hash: { name, seed: hash.number("seed") } },
      sources: fields.list("sources").map((source) => {
        const each = new JsonFields(source);
        return { name: each.text("name"), connector: each.text("connector") };
      }),
      ...(fields.has("slice") ? { slice: parseSlice(fields.object("slice")) } : {}),
      ...(fields.has("formerly") ? { formerly: fields.list("formerly").map((id) => asText(id, "formerly")) } : {}),
    };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    throw checkpointError("unreadable", `a file of the checkpoint is not as expected: ${error.message}`, path, startOver(directory), error);
  }
}
