/** What one micro-batch runs with. It is written to `offsets/N` before the batch runs, so a replay sees the same. */
export interface BatchContext {
  readonly id: number;
  /** Milliseconds since the epoch of late data: rows at or before it are late (the watermark of the batch before; semantics W5). */
  readonly lateWatermark: number;
  /** Milliseconds: what is at or before it is closed (the watermark of this batch). `Infinity` at the end of input. */
  readonly evictWatermark: number;
  /** Microseconds since the epoch: what `current_timestamp()` gives in this batch. */
  readonly timestamp: number;
  /** The fencing number of the running engine. */
  readonly incarnation: number;
  /** The run of this batch: 1, and one more for each time it is run again after a crash. */
  readonly attempt: number;
}
