import { isUtf8 } from "node:buffer";
import type { Chunk, ColumnBatch, MalformedRow, ReaderContext } from "../column-batch.ts";
import { ChunkText } from "../columns/chunk-text.ts";
import { FileColumn } from "../columns/file-column.ts";
import { MessageColumn } from "../columns/message-column.ts";
import { grownCapacity } from "../columns/grown-capacity.ts";
import { beginEncoding } from "./chunk-encoding.ts";
import { MessageBounds } from "./message-bounds.ts";
import type { ReadLane } from "./read-lane.ts";
import { rowBound } from "./row-bound.ts";

/** So many bytes beyond a record's line end may be looked at by what reads many bytes at a time. */
const lookAhead = 32;

/** One line of a chunk: `bytes[start, end)` without its line end, and where the next one starts. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * What every reader of lines does besides reading values: it takes up chunks, keeps where each row started, gathers what is
 * malformed, and gives the batch. One object serves one reader and is used again for every chunk.
 */
export class LineRecords {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** The same memory as `bytes`, for native searches and texts. */
  protected buffer: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /**
   * Records that start before this end in a line end and may be read many bytes at a time. A chunk with 32 bytes
   * of room behind its last record (in its ArrayBuffer) has all its records there.
   */
  plainEnd = 0;
  /** Where text columns point into. */
  readonly text = new ChunkText();
  /** The file that the chunk comes from, as a column. */
  readonly file = new FileColumn();
  /** The message that a row comes from, as a column. */
  readonly message = new MessageColumn();
  /** Records seen in this chunk. */
  recordsRead = 0;
  protected readonly lanes: { readonly name: string; readonly lane: ReadLane }[] = [];
  protected readonly malformedAsNull: boolean;
  /** Where the chunk's messages lie, if it holds messages: a record is a message then, whatever lines it has. */
  protected messages: MessageBounds | undefined;
  readonly #shortestRecord: number;
  #rowStarts = new Int32Array(0);
  #malformed: MalformedRow[] = [];
  #chunk: Chunk = { bytes: this.bytes, start: 0, end: 0, origin: "", offset: 0 };

  constructor(context: ReaderContext, shortestRecord: number) {
    this.malformedAsNull = context.malformedAsNull;
    this.#shortestRecord = shortestRecord;
  }

  /** Enters the lane that a column is read into. */
  lane<Lane extends ReadLane>(name: string, lane: Lane): Lane {
    this.lanes.push({ name, lane });
    return lane;
  }

  /** Takes up a chunk; `bytes` and `view` then start where the chunk's bytes start and reach as far as its memory does. */
  begin(chunk: Chunk): this {
    const { buffer, byteOffset } = chunk.bytes;
    const room = buffer.byteLength - byteOffset;
    if (this.bytes.buffer !== buffer || this.bytes.byteOffset !== byteOffset) {
      this.bytes = new Uint8Array(buffer, byteOffset, room);
      this.view = new DataView(buffer, byteOffset, room);
      this.buffer = Buffer.from(buffer, byteOffset, room);
    }
    this.file.begin(chunk.file);
    this.start = chunk.start;
    this.end = chunk.end;
    beginEncoding(this.bytes.subarray(chunk.start, chunk.end));
    const lastPlain = Math.min(chunk.end - 1, room - lookAhead);
    const lastLineEnd = lastPlain < chunk.start ? -1 : this.buffer.lastIndexOf(10, lastPlain);
    this.plainEnd = lastLineEnd + 1;
    this.text.begin(this.bytes, this.view, this.buffer, chunk.start, chunk.end);
    const rows = rowBound(this.bytes, chunk.start, chunk.end, this.#shortestRecord) + (chunk.messages?.messages.length ?? 0);
    for (const { lane } of this.lanes) lane.ensure(rows);
    if (this.#rowStarts.length < rows) this.#rowStarts = new Int32Array(grownCapacity(rows));
    this.recordsRead = 0;
    this.#malformed = [];
    this.#chunk = chunk;
    this.#beginMessages(chunk);
    return this;
  }

  /** Notes the record at `at` as read into `row`. */
  accept(at: number, row: number): void {
    this.recordsRead++;
    this.#rowStarts[row] = at;
  }

  /** Notes a record of these bytes as malformed. */
  refuse(start: number, end: number, error: string): void {
    this.recordsRead++;
    this.#malformed.push({ raw: this.#raw(start, end).slice(), error, source: this.#chunk.origin, position: this.#place(start) });
  }

  /** The end of the line at `at`: its line feed, or the end of the chunk; of a message, its end. */
  lineEnd(at: number): number {
    if (this.messages !== undefined) return this.messages.endOf(this.messages.at(at));
    const lineFeed = this.buffer.indexOf(10, at);
    return lineFeed < 0 || lineFeed >= this.end ? this.end : lineFeed;
  }

  /** Whether a byte order mark stands at the start of the origin. */
  hasByteOrderMark(at: number): boolean {
    const { offset, start } = this.#chunk;
    return at === start && offset === 0 && this.messages === undefined && this.end - at >= 3 && this.bytes[at] === 0xef && this.bytes[at + 1] === 0xbb && this.bytes[at + 2] === 0xbf;
  }

  /** Whether a line is valid UTF-8. */
  protected isText(start: number, end: number): boolean {
    return isUtf8(this.bytes.subarray(start, end));
  }

  /** The rows of this chunk. */
  batch<Columns>(rows: number, columns: Columns): ColumnBatch<Columns> {
    const { origin, start } = this.#chunk;
    const rowStarts = this.#rowStarts;
    return {
      length: rows,
      rowsRead: this.recordsRead,
      columns,
      malformed: this.#malformed,
      position: (row) => `${origin}, ${this.#place(rowStarts[row] ?? start)}`,
      refused: (row, error) => {
        const at = rowStarts[row] ?? start;
        return { raw: this.#raw(at, this.recordEnd(at)), error, source: origin, position: this.#place(at) };
      },
    };
  }

  /** Where a record stands in the chunk's origin. */
  #place(at: number): string {
    const { offset, start } = this.#chunk;
    return this.messages === undefined ? `byte ${offset + at - start}` : `offset ${this.messages.message(this.messages.at(at)).offset}`;
  }

  /** The bytes of a record, for whoever is told that it is malformed: of a message, its value as it came. */
  #raw(start: number, end: number): Uint8Array {
    return this.messages === undefined ? this.bytes.subarray(start, end) : (this.messages.message(this.messages.at(start)).value ?? new Uint8Array(0));
  }

  #beginMessages({ messages, start, end }: Chunk): void {
    if (messages === undefined) {
      this.messages = undefined;
      return;
    }
    const bounds = new MessageBounds(messages, end);
    const rowStarts = this.#rowStarts;
    this.messages = bounds;
    this.message.begin(messages, (row) => bounds.at(rowStarts[row] ?? start));
    // A message of several lines has a chunk of its own, and must not be read line by line.
    if (messages.messages.length === 1 && this.#holdsLineEnd(start, end - 1)) this.plainEnd = start;
  }

  #holdsLineEnd(start: number, end: number): boolean {
    const value = this.buffer.subarray(start, end);
    return value.includes(10) || value.includes(13);
  }

  /** The end of the record that was read at `at`, without its line end. A carriage return ends a line as well. */
  protected recordEnd(at: number): number {
    if (this.messages !== undefined) return this.lineEnd(at);
    const line = this.buffer.subarray(at, this.lineEnd(at));
    const carriageReturn = line.indexOf(13);
    return at + (carriageReturn < 0 ? line.length : carriageReturn);
  }
}
