import type { StateVersion } from "../state/state-version.ts";
import type { InputWatermarks, OffsetsByRead, OffsetsEntry } from "./log-entries.ts";

/** How a query goes on from its checkpoint. In both cases: load `base`, restore the watermark steps from `inputWatermarks`. */
export type Recovery = NewBatchRecovery | ReplayRecovery;

/** The newest batch is committed (or there is none): plan batch `batchId` from `start`. */
export interface NewBatchRecovery {
  readonly kind: "new batch";
  readonly batchId: number;
  readonly attempt: 1;
  readonly start: OffsetsByRead;
  /** Milliseconds, for the batch that is now planned (semantics W5): the evict watermark of the batch before, and what that batch made of it. */
  readonly lateWatermark: number;
  readonly evictWatermark: number;
  readonly inputWatermarks: InputWatermarks;
  readonly base: StateVersion;
  /** The entry of the batch before; undefined where there is none. */
  readonly previous: OffsetsEntry | undefined;
  /** The input was ended by `--drain`: a batch with new input is refused by `writeOffsets`. */
  readonly drained: boolean;
  /** What the newest commit says of the sinks; absent where it says nothing. */
  readonly sinkFiles?: readonly string[];
}

/** The newest batch has no commit: run it again with exactly its entry, before anything is asked of a source. */
export interface ReplayRecovery {
  readonly kind: "replay";
  readonly batchId: number;
  /** One more than the number of times that the engine was started since the batch was planned. */
  readonly attempt: number;
  readonly entry: OffsetsEntry;
  /** The entry of the batch before; undefined where there is none. */
  readonly previous: OffsetsEntry | undefined;
  readonly start: OffsetsByRead;
  readonly lateWatermark: number;
  readonly evictWatermark: number;
  readonly inputWatermarks: InputWatermarks;
  readonly base: StateVersion;
  /** What the newest commit says of the sinks; absent where it says nothing. */
  readonly sinkFiles?: readonly string[];
}
