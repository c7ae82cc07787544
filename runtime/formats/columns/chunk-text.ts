import { isAscii } from "node:buffer";

/** Beyond this many bytes a chunk is not made into one string: V8 keeps such strings in its space for large objects, which is slow. */
const longestChunkText = 128 * 1024;

/** What every buffer of Node has; `toString` takes half as long again. */
interface SlicedBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
}

function sliced(buffer: Buffer): SlicedBuffer {
  return buffer as SlicedBuffer;
}

/**
 * The bytes that text columns point into, and, for ASCII, one string of them from which texts are sliced. A slice of 13
 * characters and more keeps that whole string alive: see `detachText`.
 */
export class ChunkText {
  /** Set by `begin`; the bytes of the running chunk. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  #buffer: SlicedBuffer = sliced(Buffer.alloc(0));
  /** Whether the chunk is ASCII, once someone asked. */
  #ascii: boolean | undefined;
  #start = 0;
  #end = 0;
  #text: string | undefined;

  /** Takes up a chunk, whose texts lie in [start, end). */
  begin(bytes: Uint8Array, view: DataView, buffer: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.view = view;
    this.#buffer = sliced(buffer);
    this.#start = start;
    this.#end = end;
    this.#ascii = undefined;
    this.#text = undefined;
  }

  /** The text of [start, end), which must be valid UTF-8. */
  slice(start: number, end: number): string {
    const text = this.#text;
    return text === undefined ? this.#decode(start, end) : text.slice(start - this.#start, end - this.#start);
  }

  /** The text of [start, end) in memory of its own. */
  copy(start: number, end: number): string {
    this.#ascii ??= isAscii(this.bytes.subarray(this.#start, this.#end));
    return this.#ascii ? this.#buffer.latin1Slice(start, end) : this.#buffer.toString("utf8", start, end);
  }

  #decode(start: number, end: number): string {
    this.#ascii ??= isAscii(this.bytes.subarray(this.#start, this.#end));
    if (!this.#ascii) return this.#buffer.toString("utf8", start, end);
    if (this.#end - this.#start > longestChunkText) return this.#buffer.toString("latin1", start, end);
    const text = this.#buffer.toString("latin1", this.#start, this.#end);
    this.#text = text;
    return text.slice(start - this.#start, end - this.#start);
  }
}
