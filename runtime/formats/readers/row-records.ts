import type { Chunk, ColumnBatch, MalformedRow, ReaderContext } from "../column-batch.ts";
import { ChunkText } from "../columns/chunk-text.ts";
import { FileColumn } from "../columns/file-column.ts";
import { MessageColumn } from "../columns/message-column.ts";
import { grownCapacity } from "../columns/grown-capacity.ts";
import type { ReadLane } from "./read-lane.ts";

/**
 * What every reader does whose records come one by one and not as lines of text: it counts them, fills their lanes with decoded values,
 * gathers what is malformed, and gives the batch. One object serves one reader and is used again for every chunk.
 */
export abstract class RowRecords {
  /** Text columns hold decoded texts, and point into nothing. */
  readonly text = new ChunkText();
  /** The file that the chunk comes from, as a column. */
  readonly file = new FileColumn();
  /** The message that a row comes from, as a column. */
  readonly message = new MessageColumn();
  protected readonly lanes: { readonly name: string; readonly lane: ReadLane }[] = [];
  protected readonly malformedAsNull: boolean;
  protected chunk: Chunk = { bytes: new Uint8Array(0), start: 0, end: 0, origin: "", offset: 0 };
  /** The number of the record that each row was. */
  #records = new Int32Array(0);
  #malformed: MalformedRow[] = [];
  #count = 0;

  constructor(context: ReaderContext) {
    this.malformedAsNull = context.malformedAsNull;
  }

  /** Enters the lane that a column is read into. */
  lane<Lane extends ReadLane>(name: string, lane: Lane): Lane {
    this.lanes.push({ name, lane });
    return lane;
  }

  /** Takes up a chunk and gives the number of its records. */
  begin(chunk: Chunk): number {
    this.chunk = chunk;
    this.#malformed = [];
    this.file.begin(chunk.file);
    this.#count = this.count(chunk);
    for (const { lane } of this.lanes) lane.ensure(this.#count);
    if (this.#records.length < this.#count) this.#records = new Int32Array(grownCapacity(this.#count));
    return this.#count;
  }

  /** Reads record `at` into `row`; false where it is malformed and gives no row. */
  take(at: number, row: number): boolean {
    const problem = this.chunk.messages?.refused?.get(at) ?? this.read(at, row);
    if (problem !== undefined) {
      if (!this.malformedAsNull) {
        this.#malformed.push({ raw: this.raw(at), error: problem, source: this.chunk.origin, position: this.place(at) });
        return false;
      }
      for (const { lane } of this.lanes) lane.put(row, null);
    }
    this.#records[row] = at;
    const { messages } = this.chunk;
    if (messages !== undefined) this.message.put(row, messages, at);
    return true;
  }

  /** The rows of this chunk. */
  batch<Columns>(rows: number, columns: Columns): ColumnBatch<Columns> {
    const { origin } = this.chunk;
    return {
      length: rows,
      rowsRead: this.#count,
      columns,
      malformed: this.#malformed,
      position: (row) => `${origin}, ${this.place(this.#records[row] ?? 0)}`,
      refused: (row, error) => {
        const at = this.#records[row] ?? 0;
        return { raw: this.raw(at), error, source: origin, position: this.place(at) };
      },
    };
  }

  /** How many records a chunk has. */
  protected abstract count(chunk: Chunk): number;
  /** Puts the values of record `at` into the lanes' `row`; what is wrong with it, if it is malformed. */
  protected abstract read(at: number, row: number): string | undefined;
  /** The bytes of a record, for whoever is told that it is malformed. */
  protected abstract raw(at: number): Uint8Array;
  /** Where a record stands in the chunk's origin: `offset 12`, `row 7`. */
  protected abstract place(at: number): string;
}
