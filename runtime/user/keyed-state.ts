/** The state of one key as a function of `state f by k` sees it (Spark: GroupState). Good within the call only. */
export interface GroupState<S> {
  readonly exists: boolean;
  /** Undefined where there is none. */
  get(): S | undefined;
  /** Kept as a copy: what the function does to the object later changes nothing. */
  update(state: S): void;
  /** Takes the state away, and its timeout with it. */
  remove(): void;
  /** The call is for a key whose timeout passed without rows; its rows are none. */
  readonly hasTimedOut: boolean;
  /**
   * A timeout that many milliseconds after the batch's clock; only with `timeout … processing time`. It holds until the next call for the key, which begins
   * without one. In a call that has timed out at the end of input it does nothing.
   */
  setTimeoutDuration(milliseconds: number): void;
  /** A timeout for when the watermark is after a time, which must not lie before the watermark; only with an event-time `timeout`. At the end of input it does nothing. */
  setTimeoutTimestamp(time: Date): void;
  /** The batch's clock, the same when the batch is run again. */
  readonly processingTime: Date;
  /** The batch's watermark; undefined where the step has none. */
  readonly watermark: Date | undefined;
}

/** One value of a key; `Ttl` is a duration as the language writes it (`"1 hour"`): how long a value stays after it was last set, by the batch's clock. */
export interface ValueState<T, _Ttl extends string = never> {
  readonly exists: boolean;
  get(): T | undefined;
  set(value: T): void;
  clear(): void;
}

/** Values of a key in the order in which they were added; each has its own time to live. */
export interface ListState<T, _Ttl extends string = never> {
  readonly length: number;
  get(): readonly T[];
  add(...values: readonly T[]): void;
  set(values: readonly T[]): void;
  clear(): void;
}

/** Values of a key by names of their own; each has its own time to live. */
export interface MapState<K extends string | number | bigint, V, _Ttl extends string = never> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): void;
  delete(key: K): void;
  entries(): Iterable<readonly [K, V]>;
  clear(): void;
}

/**
 * The timers of a key. A timer that is due calls the function with no rows and with itself as `fired`; then it is gone. At the end of input (`--drain`,
 * `--batch`) all are due, also those that these calls set, by event time and by the clock: such a one must lie after the timer that the call is for.
 */
export interface Timers {
  /** A timer for when the watermark is after a time (the step's input has a watermark). */
  atEventTime(time: Date): void;
  /** A timer for when the batch's clock is after a time. */
  atProcessingTime(time: Date): void;
  delete(time: Date): void;
  /** Those that are set, in order. */
  readonly pending: readonly Date[];
  /** The timer that this call is for; undefined where the call is for rows. */
  readonly fired: Date | undefined;
  /** The call is for a timer at the end of input: a function that always sets its next timer sets none any more. */
  readonly atEnd: boolean;
  /** The batch's clock, the same when the batch is run again. */
  readonly processingTime: Date;
  /** The batch's watermark; undefined where the step's input has none. */
  readonly watermark: Date | undefined;
}
