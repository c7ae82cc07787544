import type { Block, BlockFormat } from "./block-format.ts";
import type { ChunkMessages } from "./chunk-messages.ts";
import type { Framing } from "./framing.ts";
import type { SchemaRegistry } from "./schema-registry.ts";

/** Some whole records as bytes, from one place of one source. The reader may keep views into it until the next chunk only. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** The records lie in `bytes[start, end)`; every record ends in a line end but perhaps the last of a file. */
  readonly start: number;
  readonly end: number;
  /** What a position is relative to: a file's path, `socket host:port`, `queue`. */
  readonly origin: string;
  /** The offset of `bytes[start]` within the origin, in bytes. */
  readonly offset: number;
  /** The file that the records come from, if it is one. */
  readonly file?: ChunkFile;
  /** Records that the source itself could not make anything of; they are not among the bytes. */
  readonly malformed?: readonly MalformedRow[];
  /** The messages of which the records are the values, one each; the bytes then are their values, each with a line end behind it. */
  readonly messages?: ChunkMessages;
  /** Rows that were decoded with their file (`ReaderDefinition.blocks`); there are no bytes then. */
  readonly block?: Block;
}

/** A file as rows know it: how the job's path leads to it, its name in its folder, its bytes, and its time in microseconds. */
export interface ChunkFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
}

/** A record that could not be decoded. */
export interface MalformedRow {
  readonly raw: Uint8Array;
  /** What is wrong, naming the column where there is one. */
  readonly error: string;
  /** The chunk's origin. */
  readonly source: string;
  /** Where in the origin: `byte 1234`. */
  readonly position: string;
  /** What the query fails with unless such records are dropped or set aside, where that says more: of a damaged file. No row of nulls stands for it. */
  readonly failure?: Error;
}

/**
 * What a reader makes of one chunk: the accepted rows (those that pass the reader's filter), column by column. `Columns` is an
 * object of lanes by column name; which class a column has follows from its type:
 *
 * | type | required | nullable |
 * |---|---|---|
 * | int, float, double, date, timestamp, duration | `Float64Array` | `NullableNumbers` (`get(row)`) |
 * | boolean | `Uint8Array` (1 is true) | `NullableBooleans` (`get(row)`) |
 * | long, decimal (scaled) | `Longs` (`get(row)`: number or bigint) | `NullableLongs` (`get(row)`) |
 * | string | `Texts` (`text(row)`, `ownText(row)`) | `NullableTexts` (`text(row)`, `ownText(row)`) |
 * | record, array, map, binary | `Values<T>` (`get(row)`) | `Values<T \| null>` |
 *
 * Batches and lanes are reused from chunk to chunk: nothing may be kept but the values that `get` and `text` gave.
 */
export interface ColumnBatch<Columns> {
  readonly length: number;
  /** Records seen, those dropped by the reader's filter and the malformed ones included. */
  readonly rowsRead: number;
  readonly columns: Columns;
  readonly malformed: readonly MalformedRow[];
  /** Where a row came from, for error messages: `data/a.jsonl, byte 1234`. */
  position(row: number): string;
  /** The record of a row, set aside after it was read: what is wrong with it is `error`. Good until the next chunk. */
  refused(row: number, error: string): MalformedRow;
}

/** Turns chunks into batches. It holds buffers, so one reader serves one input of one query at a time. */
export interface Reader<Columns> {
  /** Fetches what reading the chunk needs from elsewhere (schemas by their ids); undefined where nothing is missing. Called before each `read`. */
  prepare?(chunk: Chunk): Promise<void> | undefined;
  read(chunk: Chunk): ColumnBatch<Columns>;
}

/** What a reader needs to know of the run. */
export interface ReaderContext {
  /** Whether a malformed record becomes a row of nulls (`malformed: "null"`). */
  readonly malformedAsNull: boolean;
  /** Where writers' schemas are looked up, for a format that names them by id. */
  readonly registry?: SchemaRegistry;
}

/** An emitted reader: makes one `Reader` for each use. */
export interface ReaderDefinition<Columns> {
  /** How its records are told apart where they do not end in line ends. */
  readonly framing?: Framing;
  /** How its files are read where they are no sequence of records (Parquet, Avro's container files): the source then gives chunks with a `block`. */
  readonly blocks?: BlockFormat;
  create(context: ReaderContext): Reader<Columns>;
}
