import type { RowReader, RowWriter } from "../state/row-codec.ts";

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
  /** Metrics of semantics 1.11. */
  readonly rows: number;
  takeUpdatedRows(): number;
}

/** Makes codecs; given to operators so that they need not know the format's version. */
export interface StateCodec {
  writer(): RowWriter & { take(): Uint8Array };
  reader(bytes: Uint8Array): RowReader;
  /** The partition of an encoded key: a frozen, versioned hash. */
  partitionOf(key: Uint8Array): number;
}

/** A group table that is kept in the checkpoint, as the executor drives it. */
export interface KeptGroups extends StatefulOperator {
  /** Estimate of the bytes that its groups take. */
  readonly memoryBytes: number;
  /** Forgets which groups changed: `changes()` of the table then tells what the coming batch touches. */
  beginBatch(): void;
  /** Counts every group as touched, so that the next `changes()` of the table gives the whole result; nothing becomes part of a delta. */
  touchAll(): void;
}
