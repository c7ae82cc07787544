import type { Compression } from "../host/host.ts";

/** A file that is read here and there: its end first, then what of it is needed. */
export interface BlockFile {
  /** As the job's path leads to it, for errors. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes of `[position, position + length)`; fails with a coded error where the file has changed since it was listed. */
  read(position: number, length: number): Uint8Array;
  /** What the platform has of compression. */
  readonly compression: Compression;
}

/**
 * Some rows of a file, column by column, in the order of the fields that the format was made for. Values are in the runtime's
 * representation (a `long` is a number while safe, else a bigint; a timestamp is in microseconds), null where there is none.
 */
export interface Block {
  readonly rows: number;
  readonly columns: readonly (readonly unknown[])[];
  /** The number of the block's first row in its file, from 0. */
  readonly first: number;
  /** Rows with a value that does not fit its column, by their place in the block: what is wrong. What the columns hold of such a row is good for showing it alone. */
  readonly malformed?: ReadonlyMap<number, string>;
}

/** Reads files that are no sequence of records: only the columns that the job needs, and only the parts in which rows may pass its filter. */
export interface BlockFormat {
  /** `avro` or `parquet`. */
  readonly name: string;
  /** The file's rows in their order, in blocks of at most a few thousand rows, so that memory stays bounded. Fails with a coded error that names the file where it is damaged or has other columns. */
  blocks(file: BlockFile, signal: AbortSignal): AsyncIterable<Block>;
}
