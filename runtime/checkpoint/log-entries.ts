import type { Offset } from "../connectors/source.ts";
import type { StateVersion } from "../state/state-version.ts";
import type { ExactJson } from "./exact-json.ts";

/** Options that must not change under a batch that is run again: kept in every `offsets/N`. */
export type PersistedSettings = Readonly<Record<string, string | number | boolean>>;

/** A position for each read of the query; null where nothing has been read. */
export type OffsetsByRead = Readonly<Record<string, Offset | null>>;

/** Milliseconds by the id of the watermark step. */
export type InputWatermarks = Readonly<Record<string, number>>;

/**
 * `offsets/N`: all that batch N runs with, durable before it runs. Running N again needs this and the state files of `base`,
 * nothing else: neither the source's newest position nor the clock nor today's options.
 */
export interface OffsetsEntry {
  readonly batchId: number;
  /** Where the batch's records begin (exclusive) and end (inclusive). */
  readonly start: OffsetsByRead;
  readonly offsets: OffsetsByRead;
  /** Milliseconds since the epoch, the batch's `current_timestamp()`. */
  readonly timestampMs: number;
  /** Milliseconds; `Infinity` at the end of input. */
  readonly lateWatermark: number;
  readonly evictWatermark: number;
  /** The watermark of each watermark step before this batch. */
  readonly inputWatermarks: InputWatermarks;
  readonly settings: PersistedSettings;
  readonly base: StateVersion;
  /** Fields of a later version of Sluice, kept as they are. */
  readonly unknown?: Readonly<Record<string, ExactJson>>;
}

/** `commits/N`: batch N is done in state and sinks; what the next batch starts from. */
export interface CommitsEntry {
  readonly batchId: number;
  /** Milliseconds: the query's watermark after this batch; `Infinity` at the end of input. */
  readonly watermark: number;
  readonly inputWatermarks: InputWatermarks;
  readonly state: StateVersion;
  /** What the sinks' `prepare` gave: the names of the batch's files, and what other sinks note. */
  readonly sinkFiles: readonly string[];
  /** The input was declared at its end (`--drain`): the checkpoint takes no more batches. */
  readonly drained?: true;
  readonly unknown?: Readonly<Record<string, ExactJson>>;
}
