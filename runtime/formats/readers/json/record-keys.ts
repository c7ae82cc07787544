import { deviates } from "./deviates.ts";
import { endOfRecord } from "./end-of-record.ts";
import { RecordLiteral } from "./record-literal.ts";
import { endOfPlainText } from "./scan-text.ts";
import { skipSpaces } from "./skip-spaces.ts";

/** Reads the value at `at` of the column with this number (−1: a key that is none of them). Gives the place after it. */
export type ReadColumn = (column: number, bytes: Uint8Array, view: DataView, at: number, row: number) => number;

/** Reads records whose keys come in any order and spacing. It remembers which key followed which, and looks for that one first. */
export class RecordKeys {
  /** The number of the last record that had a column, by column. */
  readonly #lastSeen: Uint32Array;
  #record = 0;
  #valueAt = 0;
  /** `"name":` of each column, as records mostly have it. */
  readonly #literals: readonly RecordLiteral[];
  /** `"name"` of each column. */
  readonly #names: readonly RecordLiteral[];
  /** By the number of the key before, plus one (0: the record's start): the key that came next the last time. */
  readonly #followers: Int32Array;

  constructor(names: readonly string[]) {
    this.#literals = names.map((name) => new RecordLiteral(`${JSON.stringify(name)}:`));
    this.#lastSeen = new Uint32Array(names.length);
    this.#names = names.map((name) => new RecordLiteral(JSON.stringify(name)));
    this.#followers = Int32Array.from({ length: names.length + 1 }, (_, at) => at % Math.max(1, names.length));
  }

  /** Reads the record at `at` and gives the start of the next line. A key that comes twice deviates. */
  read(bytes: Uint8Array, view: DataView, at: number, row: number, readColumn: ReadColumn): number {
    this.#beginRecord();
    if (bytes[at] !== 123) return deviates;
    at = skipSpaces(bytes, at + 1);
    if (bytes[at] === 125) return endOfLine(bytes, at);
    for (let before = -1; ; ) {
      const column = this.#find(bytes, view, at, before);
      if (this.#valueAt < 0) return deviates;
      if (column >= 0) {
        if (this.has(column)) return deviates;
        this.#lastSeen[column] = this.#record;
        before = column;
      }
      at = readColumn(column, bytes, view, this.#valueAt, row);
      if (at < 0) return deviates;
      if (bytes[at] !== 44) {
        at = skipSpaces(bytes, at);
        if (bytes[at] === 125) return endOfLine(bytes, at);
        if (bytes[at] !== 44) return deviates;
      }
      at = skipSpaces(bytes, at + 1);
    }
  }

  /** Whether the last record had the key of a column. */
  has(column: number): boolean {
    return this.#lastSeen[column] === this.#record;
  }

  #beginRecord(): void {
    if (this.#record === 0xffffffff) {
      this.#lastSeen.fill(0);
      this.#record = 0;
    }
    this.#record++;
  }

  /** The column whose key stands at `at`, or −1; `#valueAt` becomes the place of its value, or less than 0 if this is no plain key. */
  #find(bytes: Uint8Array, view: DataView, at: number, before: number): number {
    const guess = this.#followers[before + 1]!;
    const expected = this.#literals[guess];
    if (expected !== undefined && expected.isAt(view, at)) {
      this.#valueAt = skipSpaces(bytes, at + expected.length);
      return guess;
    }
    this.#valueAt = deviates;
    if (bytes[at] !== 34) return -1;
    const end = endOfPlainText(view, at + 1);
    if (bytes[end] !== 34) return -1;
    const colon = skipSpaces(bytes, end + 1);
    if (bytes[colon] !== 58) return -1;
    this.#valueAt = skipSpaces(bytes, colon + 1);
    const length = end + 1 - at;
    const column = this.#names.findIndex((name) => name.length === length && name.isAt(view, at));
    if (column >= 0) this.#followers[before + 1] = column;
    return column;
  }
}

function endOfLine(bytes: Uint8Array, at: number): number {
  const end = skipSpaces(bytes, at + 1);
  return end === at + 1 ? endOfRecord(bytes, at) : bytes[end] === 10 ? end + 1 : deviates;
}
