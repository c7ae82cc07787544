/** A source of a user's own, for `custom(receiver)`. Records are texts or bytes in the declared format. */
export type Receiver = ReplayableReceiver | PushReceiver;

/** A receiver, or a function that makes one when the query starts. */
export type ReceiverSource = Receiver | (() => Receiver | Promise<Receiver>);

/** One record in the declared format, without a line end. In JSON a line end between values is space; in text and CSV it begins another record. */
export type ReceiverRecord = string | Uint8Array;

/** A source that can be read again from an offset: any JSON value, compared by its text. */
export interface ReplayableReceiver {
  /** The newest offset that there is (or a promise of it); undefined while there is nothing at all. */
  latest(): unknown;
  /** The records after `from` (undefined: from the beginning) up to and with `to`, the same whenever it is asked. */
  read(from: unknown, to: unknown): Iterable<ReceiverRecord> | AsyncIterable<ReceiverRecord>;
  /** Records up to and with this offset will not be asked for again. */
  commit?(to: unknown): void;
  close?(): void | Promise<void>;
}

/** A source that hands records over and cannot repeat them: the runtime writes each batch's durably first, and what no batch has taken when the query is stopped; the rest is lost with the process in a crash (at most once). */
export interface PushReceiver {
  /**
   * Called once; hands records to `push` until `signal` fires. Where it gives a promise, no record comes once that resolves; where it
   * returns at once, records may come until the signal. What it throws ends the query. While more than 64 MB of records wait for a batch,
   * `push` gives a promise that resolves once there is room: one that does not wait for it ends the query at four times as much.
   */
  receive(push: (record: ReceiverRecord) => void | Promise<void>, signal: AbortSignal): void | Promise<void>;
}

/** What `decode` of a socket makes of a line, without its line end: a record of the declared format, several, or none. What it throws makes the line a malformed record. */
export type Decoder = (line: Uint8Array) => ReceiverRecord | readonly ReceiverRecord[] | null | undefined;
