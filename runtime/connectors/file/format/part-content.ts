/** What goes into one file of a sink: rows are gathered here and become bytes. */
export interface PartContent {
  /** About how many bytes wait to be written. */
  readonly gathered: number;
  /** Whether they are enough to be written. */
  readonly isFull: boolean;
  /** The bytes of what waits; a view that is good until the next call. Empty where nothing waits. */
  flush(): Uint8Array;
  /** The bytes behind all rows. Nothing waits any more. */
  finish(): Uint8Array;
}
