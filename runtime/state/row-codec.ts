/**
 * Writes the fields of one row one after the other, by the schema of a state descriptor. The bytes are compact, carry no
 * names, and are versioned by the file that holds them.
 */
export interface RowWriter {
  writeNull(): void;
  writeBoolean(value: boolean): void;
  /** Any double, bit for bit; also int, date, timestamp and duration. */
  writeNumber(value: number): void;
  /** A canonical long or scaled decimal. */
  writeLong(value: number | bigint): void;
  writeText(value: string): void;
  writeBytes(value: Uint8Array): void;
  /** Fields that another writer wrote, as they are: the bytes of [start, end). */
  writeFields(bytes: Uint8Array, start: number, end: number): void;
}

/** A writer of rows and the memory that it writes to: a row that is only looked at needs no copy. */
export interface RowBuffer extends RowWriter {
  /** The row so far: `length` bytes from the start of `bytes`. Another array once more is written. */
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Starts the next row. */
  drop(): void;
  /** A copy of the row; the next one starts. */
  take(): Uint8Array;
}

/** Reads back what a `RowWriter` wrote, in the same order. A short or foreign row is an R7xxx error, never a wrong value. */
export interface RowReader {
  /** Consumes a null if there is one; else the next read gives the value. */
  readNull(): boolean;
  readBoolean(): boolean;
  readNumber(): number;
  readLong(): number | bigint;
  readText(): string;
  readBytes(): Uint8Array;
  /** The bytes of the next fields, for `writeFields`: a view, whose values are seen to be whole and not read. */
  readFields(count: number): Uint8Array;
}
