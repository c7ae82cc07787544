/** A header of a message. */
export interface MessageHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** A message of a topic, as the broker gave it. */
export interface Message {
  /** Its offset in its partition. */
  readonly offset: number;
  /** Microseconds since the epoch. */
  readonly timestamp: number;
  /** 0: of the producer (CreateTime). 1: of the broker (LogAppendTime). */
  readonly timestampType: number;
  readonly key: Uint8Array | null;
  /** Null in a tombstone. */
  readonly value: Uint8Array | null;
  readonly headers: readonly MessageHeader[];
}

/** The message of a place, which must be there. */
export function messageAt(messages: readonly Message[], at: number): Message {
  const message = messages[at];
  if (message === undefined) throw new RangeError(`the chunk has no message ${at}`);
  return message;
}

/** The messages of a chunk: all of one partition of one topic, in the order of their offsets, which may have gaps. */
export interface ChunkMessages {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly Message[];
  /** Where the value of each begins in the chunk's bytes; it ends before the line end in front of the next. Empty where the bytes are not wanted (`format` is `kafka` or `avro`). */
  readonly starts: Int32Array;
  /** Messages that no format makes anything of, by their place in `messages`, and why: a tombstone, an empty value, one too large. They are malformed records; of their values no bytes are there. */
  readonly refused?: ReadonlyMap<number, string>;
}
