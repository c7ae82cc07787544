/**
 * One batch without input that brings a slice of a query to where the other slices are: what their watermark or clock has closed is closed here too, and given to the slice's own sinks.
 * Only slices that stand at one watermark can be divided anew (`runtime/reshard/`).
 */
export interface Levelling {
  /** Milliseconds: the watermark that closes. */
  readonly watermark: number;
  /** Milliseconds since the epoch: the batch's clock. */
  readonly timestampMs: number;
}
