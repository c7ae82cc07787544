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
}
