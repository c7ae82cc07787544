import type { Chunk } from "../../formats/column-batch.ts";
import type { Message } from "../../formats/chunk-messages.ts";
import { BufferRing, chunkBytes } from "../buffer-ring.ts";
import type { FetchedMessages } from "./client/kafka-client.ts";
import { partitionWords } from "./client/partition-names.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;

/** Bytes behind the last value of a chunk into which readers may look. */
const room = 64;

/** Messages of a chunk whose values are not staged, and bytes of theirs. */
const mostMessages = 1024;
const mostBytes = 4 * chunkBytes;

const nothing = new Uint8Array(0);

/** How formats take the value of a message. */
const staging: Readonly<Record<string, { readonly takesEmpty: boolean; readonly lines: "tabs" | "alone" | "kept" } | undefined>> = {
  // Between the values of JSON a line end is space, and within its texts none may stand: a tab means the same.
  json: { takesEmpty: false, lines: "tabs" },
  // The emitted reader of CSV reads line by line: a message of several lines has a chunk of its own.
  csv: { takesEmpty: false, lines: "alone" },
  text: { takesEmpty: true, lines: "kept" },
};

/**
 * Puts the messages of a partition into chunks: for formats that are read as bytes their values one behind the other, about 64 KB of them, each
 * with a line end behind it; for others the messages as they are.
 */
export class MessageChunks {
  readonly #staging: { readonly takesEmpty: boolean; readonly lines: "tabs" | "alone" | "kept" } | undefined;
  readonly #isRaw: boolean;
  readonly #maxMessageBytes: number;
  readonly #buffers = new BufferRing();

  constructor(format: string, maxMessageBytes: number) {
    this.#staging = staging[format];
    this.#isRaw = format === "kafka";
    this.#maxMessageBytes = maxMessageBytes;
  }

  *of(fetched: FetchedMessages): Generator<{ readonly chunk: Chunk; readonly next: number }, void, undefined> {
    const { messages } = fetched;
    for (let first = 0; first < messages.length; ) {
      const { chunk, end } = this.#staging === undefined ? this.#whole(fetched, first) : this.#staged(fetched, first);
      first = end;
      yield { chunk, next: first === messages.length ? fetched.next : messages[first - 1]!.offset + 1 };
    }
  }

  #whole({ topic, partition, messages }: FetchedMessages, first: number): { readonly chunk: Chunk; readonly end: number } {
    let bytes = 0;
    let end = first;
    let refused: Map<number, string> | undefined;
    while (end < messages.length && end - first < mostMessages && (bytes < mostBytes || end === first)) {
      const refusal = this.#refusal(messages[end]!);
      if (refusal !== undefined) (refused ??= new Map()).set(end - first, refusal);
      bytes += messages[end++]!.value?.length ?? 0;
    }
    return { chunk: chunkOf(topic, partition, messages.slice(first, end), nothing, 0, noStarts, refused), end };
  }

  #staged({ topic, partition, messages }: FetchedMessages, first: number): { readonly chunk: Chunk; readonly end: number } {
    let end = first;
    let size = 0;
    let refused: Map<number, string> | undefined;
    for (; end < messages.length; end++) {
      const message = messages[end]!;
      const refusal = this.#refusal(message);
      const length = (refusal === undefined ? (message.value?.length ?? 0) : 0) + 1;
      if (end > first && size + length + room > chunkBytes) break;
      if (refusal !== undefined) (refused ??= new Map()).set(end - first, refusal);
      size += length;
    }
    const bytes = this.#buffers.next(size + room);
    const starts = new Int32Array(end - first);
    const trims = this.#staging?.lines !== "kept";
    let at = 0;
    for (let n = first; n < end; n++) {
      starts[n - first] = at;
      const { value } = messages[n]!;
      if (value !== null && refused?.has(n - first) !== true) {
        bytes.set(value, at);
        at += trims ? lengthWithoutLineEnd(value) : value.length;
      }
      // Not yet a line end, so that those in values can be looked for.
      bytes[at++] = 0;
    }
    if (trims && holdsLineEnd(bytes, at)) {
      if (this.#staging?.lines === "tabs") replaceLineEnds(bytes, at);
      else {
        const alone = firstWithLineEnd(bytes, starts, at);
        // Those before it come first, then it alone.
        const cut = Math.max(1, alone);
        if (cut < starts.length) {
          at = starts[cut]!;
          end = first + cut;
        }
      }
    }
    for (let n = first + 1; n < end; n++) bytes[starts[n - first]! - 1] = lineFeed;
    bytes[at - 1] = lineFeed;
    return { chunk: chunkOf(topic, partition, messages.slice(first, end), bytes, at, starts, refused), end };
  }

  /** Why no format makes anything of a message. */
  #refusal({ value }: Message): string | undefined {
    if (value === null) return this.#isRaw ? undefined : "the message has no value (a tombstone)";
    if (value.length === 0) return this.#isRaw || this.#staging?.takesEmpty === true ? undefined : "the value is empty";
    return value.length > this.#maxMessageBytes ? `the value has ${value.length} bytes, which is more than \`maxMessageBytes\` (${this.#maxMessageBytes})` : undefined;
  }
}

const noStarts = new Int32Array(0);

function chunkOf(topic: string, partition: number, messages: readonly Message[], bytes: Uint8Array, end: number, starts: Int32Array, refused: ReadonlyMap<number, string> | undefined): Chunk {
  return {
    bytes,
    start: 0,
    end,
    origin: partitionWords({ topic, partition }),
    offset: messages[0]?.offset ?? 0,
    messages: { topic, partition, messages, starts, ...(refused === undefined ? {} : { refused }) },
  };
}

function lengthWithoutLineEnd(value: Uint8Array): number {
  const { length } = value;
  if (value[length - 1] !== lineFeed) return length;
  return value[length - 2] === carriageReturn ? length - 2 : length - 1;
}

/** Two native searches for the whole chunk: line ends within values are rare. */
function holdsLineEnd(bytes: Uint8Array, end: number): boolean {
  const staged = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  return staged.includes(lineFeed) || staged.includes(carriageReturn);
}

function replaceLineEnds(bytes: Uint8Array, end: number): void {
  for (let at = 0; at < end; at++) if (bytes[at] === lineFeed || bytes[at] === carriageReturn) bytes[at] = tab;
}

function firstWithLineEnd(bytes: Uint8Array, starts: Int32Array, end: number): number {
  return starts.findIndex((start, message) => holdsLineEnd(bytes.subarray(start), (starts[message + 1] ?? end) - start));
}
