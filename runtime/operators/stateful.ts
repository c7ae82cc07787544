import type { RowBuffer, RowReader } from "../state/row-codec.ts";
import type { TakenCounts } from "./row-counts.ts";

/** One changed entry of a partition, for the delta of a batch. */
export interface StateChange {
  readonly partition: number;
  /** The encoded key. */
  readonly key: Uint8Array;
  /** The encoded value; undefined where the entry is gone. */
  readonly value: Uint8Array | undefined;
}

/** Describes what an operator keeps; part of the checkpoint's schema, compared at restore. */
export interface StateDescriptor {
  /** `ranking/aggregate`. */
  readonly operatorId: string;
  /** Types of the key's fields, e.g. `["string", "int?", "timestamp"]`. */
  readonly key: readonly string[];
  /** Forms of the value's fields, e.g. `["count", "sumLong"]`. */
  readonly value: readonly string[];
}

/**
 * An operator whose state survives a restart. The store calls it between batches only: `restore` for every entry of the base
 * version, then per batch `changes` once, after the batch has run and before its offsets are committed.
 */
export interface StatefulOperator {
  readonly descriptor: StateDescriptor;
  restore(partition: number, key: Uint8Array, value: Uint8Array): void;
  /** What this batch changed since the last call. Deterministic order. */
  changes(): Iterable<StateChange>;
  /** Everything, for a snapshot. */
  entries(): Iterable<StateChange>;
  /** Forgets everything (before a restore into the same program). */
  clear(): void;
  /** How many entries there are (semantics 1.11). */
  readonly rows: number;
}

/** Makes codecs; given to operators so that they need not know the format's version. */
export interface StateCodec {
  /** How many partitions there are. */
  readonly partitions: number;
  writer(): RowBuffer;
  reader(bytes: Uint8Array): RowReader;
  /** The partition of an encoded key: a frozen, versioned hash. */
  partitionOf(key: Uint8Array): number;
}

/** What a batch is for an operator: its own two watermarks, which those of the batch come to along the plan (semantics P1, P2). */
export interface OperatorBatch {
  /** Milliseconds: what is at or before it is late. −∞ where nothing is. */
  readonly lateWatermark: number;
  /** Milliseconds: what is at or before it closes. +∞ at the end of input. */
  readonly evictWatermark: number;
  /** Microseconds: the batch's clock. */
  readonly timestamp: number;
  /** A result that was there before a restart is shown again: nothing closes. */
  readonly isRebuilding: boolean;
}

/** An operator with state, as the executor drives it through a batch: `beginBatch`, the rows, what is emitted, `evict`. */
export interface KeptOperator extends StatefulOperator {
  /**
   * What a stored entry's key holds of the operator's key columns, as its spec names them (a window's start, or a join's side, is none of them); undefined where the entry is about no
   * key: every slice of the state has it. Rows are spread over shards by it.
   */
  keyColumns(key: Uint8Array): readonly unknown[] | undefined;
  /** Estimate of the bytes that its state takes. */
  readonly memoryBytes: number;
  /** Forgets which entries changed, and takes the batch's watermarks. After a restart the last batch is begun once more, as one that is shown again. */
  beginBatch(batch: OperatorBatch): void;
  /** Gives back the state that the batch's watermark (or clock) closed. After all that the batch emits; not while rebuilding. */
  evict(): void;
  /** Whether a batch without data is due once the watermark is `watermark` (ms) and the clock `now` (ms): something may close by it (semantics W7). */
  wantsNoDataBatch(watermark: number, now: number): boolean;
  /** Milliseconds of the clock at which the next processing-time window ends; undefined where none waits. */
  readonly dueAt: number | undefined;
  /** The watermark (ms) of what is emitted where that of what comes in is `input` (semantics P2). Absent: the same. */
  outputWatermark?(input: number): number;
  /** Whether rows of a table have become part of the state: it is then made of the tables of its batches, and a batch that is run again needs the same. Absent: never. */
  readonly keepsTable?: boolean;
  /** The counts of the batch: since they were last taken. */
  takeCounts(): TakenCounts;
  /** Counts every group as touched, so that the next `changes()` of the table gives the whole result; nothing becomes part of a delta. */
  touchAll(): void;
}
