import { makeCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { DurableSourceLog } from "../checkpoint/durable-source-log.ts";
import { writeCheckpointFile } from "../checkpoint/durable-file.ts";
import { engineVersion } from "../checkpoint/engine-version.ts";
import { encodeCommits, encodeOffsets } from "../checkpoint/log-codec.ts";
import type { OffsetsEntry, PersistedSettings } from "../checkpoint/log-entries.ts";
import { writeMetadata, type CheckpointMetadata } from "../checkpoint/metadata.ts";
import { joinPath } from "../checkpoint/paths.ts";
import { checkStateSchema } from "../checkpoint/state-schema.ts";
import { StartLog } from "../connectors/kafka/start-log.ts";
import { reshardError } from "../errors/reshard-error.ts";
import type { Host } from "../host/host.ts";
import type { KeptOperator, StateCodec } from "../operators/stateful.ts";
import type { Shard } from "../query/shard.ts";
import { createStateCodec, rowCodecVersion, type Partitioning } from "../state/codec.ts";
import { loadChain } from "../state/load-chain.ts";
import { partitionFolder } from "../state/state-files.ts";
import type { StateChain } from "../state/state-version.ts";
import { offsetsOf, partOf, type MergedPosition } from "./merge-positions.ts";
import type { OldSlice } from "./old-slice.ts";
import type { SpreadState } from "./spread-state.ts";

/** The number under which a new slice's files are written; its first start takes the next. */
const incarnation = 1;

/** What new slices have in common. */
export interface NewSlices {
  readonly host: Host;
  readonly old: readonly OldSlice[];
  readonly position: MergedPosition;
  readonly settings: PersistedSettings;
  /** By topic. */
  readonly partitions: Readonly<Record<string, number>>;
  warn(message: string): void;
}

/** A slice that is being written: a checkpoint of its own, with a new id, that stands behind the batch that the old slices had as their newest. */
export class NewSlice {
  readonly directory: string;
  readonly shard: Shard | undefined;
  readonly codec: StateCodec;
  readonly #common: NewSlices;
  readonly #metadata: CheckpointMetadata;
  readonly #chains: StateChain[] = [];
  readonly #entries = new Map<string, number>();

  constructor(directory: string, shard: Shard | undefined, common: NewSlices) {
    const { host, old, partitions } = common;
    this.directory = directory;
    this.shard = shard;
    this.#common = common;
    const [first] = old;
    if (first === undefined) throw new RangeError("no slices to divide");
    const { queryName, sources, partitioning } = first.metadata;
    const spread: Partitioning = { partitions: partitioning.partitions, hash: { name: "murmur3-32", seed: Math.floor(host.random() * 0x1_0000_0000) } };
    const formerly = [...new Set(old.flatMap(({ metadata }) => [...(metadata.formerly ?? []), metadata.queryId]))];
    this.#metadata = { queryId: host.uuid(), queryName, engine: engineVersion, rowCodec: rowCodecVersion, partitioning: spread, sources, slice: { shard, partitions }, formerly };
    this.codec = createStateCodec(spread);
    makeCheckpointDirectory(host, directory);
    writeMetadata(host, directory, this.#metadata, false);
  }

  /** Writes an operator's state, each partition whole. */
  writeState({ descriptor: { operatorId } }: KeptOperator, { payloads, entries }: SpreadState): void {
    const { host, position } = this.#common;
    const { batchId } = position;
    const { queryId } = this.#metadata;
    this.#entries.set(operatorId, entries);
    for (const [partition, payload] of [...payloads].sort(([a], [b]) => a - b)) {
      const folder = partitionFolder(this.directory, operatorId, partition);
      makeCheckpointDirectory(host, folder);
      const name = `${batchId + 1}-${incarnation}.snapshot`;
      const written = writeCheckpointFile(host, joinPath(folder, name), { kind: "state snapshot", queryId, incarnation, batch: batchId }, payload.take(), "state-snapshot");
      this.#chains.push({ operatorId, partition, files: [{ name, ...written }] });
    }
  }

  /** Writes all else, the batch's entries last. */
  finish(operators: readonly KeptOperator[]): void {
    const { host, position, warn } = this.#common;
    const { queryId, sources } = this.#metadata;
    const { batchId, evictWatermark, inputWatermarks, streams, timestampMs, watermark } = position;
    checkStateSchema({ host, directory: this.directory, queryId, incarnation }, operators.map(({ descriptor }) => descriptor), true);
    for (const [read, { start, topics }] of streams) {
      const place = { host, directory: this.directory, queryId, incarnation, newestOffsets: () => -1, ensureCurrent: () => {}, warn };
      const log = new DurableSourceLog(place, sources.findIndex(({ name }) => name === read));
      new StartLog(log).begin(partOf(start, this.shard), topics);
    }
    const offsets = offsetsOf(position, this.shard);
    const entry: OffsetsEntry = {
      batchId, start: offsets, offsets, timestampMs, lateWatermark: evictWatermark, evictWatermark, inputWatermarks, settings: this.#common.settings,
      base: { version: batchId, chains: [] },
    };
    const state = { version: batchId + 1, chains: this.#chains };
    for (const folder of ["offsets", "commits"]) makeCheckpointDirectory(host, joinPath(this.directory, folder));
    writeCheckpointFile(host, joinPath(this.directory, "offsets", batchId), { kind: "offsets", queryId, incarnation, batch: batchId }, encodeOffsets(entry), "offsets");
    writeCheckpointFile(host, joinPath(this.directory, "commits", batchId), { kind: "commits", queryId, incarnation, batch: batchId }, encodeCommits({ batchId, watermark, inputWatermarks, state, sinkFiles: [] }), "commits");
  }

  /** Reads the state back and counts it. */
  verify(): void {
    const counts = new Map<string, number>();
    const place = { host: this.#common.host, directory: this.directory, queryId: this.#metadata.queryId };
    for (const chain of this.#chains) {
      const before = counts.get(chain.operatorId) ?? 0;
      let count = 0;
      loadChain(place, chain, { restore: () => void count++ });
      counts.set(chain.operatorId, before + count);
    }
    for (const [operatorId, expected] of this.#entries) {
      const found = counts.get(operatorId) ?? 0;
      if (found !== expected) throw reshardError("miscounted", `expected ${expected} entries of "${operatorId}" in the new slice, found ${found}`, this.directory, "nothing has changed: divide the checkpoint again");
    }
  }
}
