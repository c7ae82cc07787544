import type { InputWatermarks, OffsetsByRead } from "../checkpoint/log-entries.ts";
import { offsetsByRead } from "../checkpoint/offsets-by-read.ts";
import { offsetText, parseOffset, partitionOf, type PartitionOffsets } from "../connectors/kafka/partition-offsets.ts";
import { StartLog } from "../connectors/kafka/start-log.ts";
import type { TopicIds } from "../connectors/kafka/topic-ids.ts";
import { reshardError } from "../errors/reshard-error.ts";
import type { Host } from "../host/host.ts";
import type { QueryDefinition } from "../query/definition.ts";
import { owns, shardWords, type Shard } from "../query/shard.ts";
import { slicesFile } from "../shards/slices-in-use.ts";
import { sourceLogOf, type NewestBatch, type OldSlice } from "./old-slice.ts";

/** Where all slices together stand in the topics of one read. */
export interface ReadPosition {
  /** Where the query began, by partition. */
  readonly start: PartitionOffsets;
  readonly offsets: PartitionOffsets;
  readonly topics: TopicIds;
}

/** Where all slices of a query together stand. */
export interface MergedPosition {
  /** The number of the newest batch of any. */
  readonly batchId: number;
  /** Milliseconds, the greatest of each. */
  readonly timestampMs: number;
  readonly evictWatermark: number;
  readonly watermark: number;
  readonly inputWatermarks: InputWatermarks;
  /** By read that has offsets of its own; reads of tables by what the table was. */
  readonly streams: ReadonlyMap<string, ReadPosition>;
  readonly tables: OffsetsByRead;
}

/** Puts the positions of slices together. Each partition must be in one of them. `whole`: the folder of the checkpoint in one process. */
export function mergePositions(host: Host, definition: QueryDefinition<never>, whole: string, slices: readonly OldSlice[], warn: (message: string) => void): MergedPosition {
  const newest = newestOf(definition, whole, slices);
  const [first] = newest;
  const streams = new Map<string, ReadPosition>();
  const tables: (readonly [string, string | null])[] = [];
  for (const [read, offset] of Object.entries(first.offsets.offsets)) {
    if (definition.reads[read]?.bounded === false) streams.set(read, mergeRead(host, slices, read, warn));
    else tables.push([read, offset]);
  }
  return {
    batchId: greatest(newest.map(({ offsets }) => offsets.batchId)),
    timestampMs: greatest(newest.map(({ offsets }) => offsets.timestampMs)),
    evictWatermark: greatest(newest.map(({ offsets }) => offsets.evictWatermark)),
    watermark: greatest(newest.map(({ commit }) => commit.watermark)),
    inputWatermarks: newest.map(({ commit }) => commit.inputWatermarks).reduce(greaterWatermarks),
    streams,
    tables: offsetsByRead(tables),
  };
}

/** The newest batches of the slices that have run one; R7816 where none has. */
export function newestOf(definition: QueryDefinition<never>, whole: string, slices: readonly OldSlice[]): readonly [NewestBatch, ...NewestBatch[]] {
  const [first, ...others] = slices.flatMap((slice) => (slice.newest === undefined ? [] : [slice.newest]));
  if (first !== undefined) return [first, ...others];
  const folders = `${slices[0]?.directory ?? whole}${slices.length > 1 ? " …" : ""}`;
  throw reshardError("nothingRead", `the query \`${definition.name}\` has not run a batch yet`, whole, `there is nothing to divide: remove the folders of its slices (${folders}) and the file ${slicesFile(whole)}, and start it in any number of shards`);
}

/** The part of a position that is a shard's. */
export function partOf(position: PartitionOffsets, shard: Shard | undefined): PartitionOffsets {
  return new Map([...position].filter(([key]) => owns(shard, partitionOf(key).partition)));
}

/** The offsets of a new slice. */
export function offsetsOf({ streams, tables }: MergedPosition, shard: Shard | undefined): OffsetsByRead {
  return offsetsByRead(tables, [...streams].map(([read, { offsets }]) => [read, offsetText(partOf(offsets, shard))] as const));
}

function mergeRead(host: Host, slices: readonly OldSlice[], read: string, warn: (message: string) => void): ReadPosition {
  const [start, offsets, topics] = [new Map<string, number>(), new Map<string, number>(), new Map<string, string>()];
  for (const slice of slices) {
    const log = new StartLog(sourceLogOf(host, slice, read, warn));
    const begun = log.start;
    const reached = slice.newest?.offsets.offsets[read] ?? undefined;
    if (begun === undefined && reached === undefined) {
      throw reshardError("nothingRead", `${slice.shard === undefined ? "the query" : shardWords(slice.shard)} has not begun to read \`${read}\`: nobody knows yet where its partitions begin`, slice.directory, "start it once (`--available-now`), and divide the checkpoint then");
    }
    add(start, begun ?? new Map<string, number>(), slice);
    add(offsets, reached === undefined ? (begun ?? new Map<string, number>()) : parseOffset(reached), slice);
    addTopics(topics, log.topics, slice);
  }
  return { start, offsets, topics };
}

/** Partitions that another slice has too, or that are no part of the slice, are of a checkpoint that was put together by hand. */
function add(all: Map<string, number>, some: PartitionOffsets, { directory, shard }: OldSlice): void {
  for (const [key, offset] of some) {
    if (all.has(key) || !owns(shard, partitionOf(key).partition)) throw reshardError("ownedTwice", `the offsets of ${key} are in a slice that does not read it`, directory, "put the slices back from a backup");
    all.set(key, offset);
  }
}

function addTopics(all: Map<string, string>, some: TopicIds, { directory }: OldSlice): void {
  for (const [topic, id] of some) {
    if ((all.get(topic) ?? id) !== id) {
      throw reshardError("differentSlices", `the topic ${topic} was deleted and made again, and not every shard has seen that yet`, directory, "run every shard once more (`--available-now`), and divide the checkpoint then");
    }
    all.set(topic, id);
  }
}

function greaterWatermarks(a: InputWatermarks, b: InputWatermarks): InputWatermarks {
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((input) => [input, Math.max(a[input] ?? 0, b[input] ?? 0)]));
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}
