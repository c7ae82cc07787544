import type { Framing } from "../framing.ts";
import { lineFraming } from "../framing.ts";
import { csvDialect, type CsvDialect } from "./csv-dialect.ts";
import type { CsvOptions } from "./csv-options.ts";
import { CsvScanner } from "./csv-scanner.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** Where records of CSV end: at line ends that do not stand in quotes. Quotes in a comment are none. */
export function csvFraming(options: CsvOptions = {}): Framing {
  const dialect = csvDialect(options);
  if (!dialect.multiLine || dialect.quote < 0) return lineFraming;
  const endOfRecords = dialect.separator.length === 1 && !dialect.trimsStart && dialect.comment < 0 ? jumping(dialect) : scanning(dialect);
  return {
    endOfRecords(bytes, filled, isStart) {
      const end = lineFraming.endOfRecords(bytes, filled);
      const quote = bytes.indexOf(dialect.quote);
      // All lines before the first quote are whole; from there on it must be seen what stands in quotes.
      if (quote < 0 || quote >= end) return end;
      const mark = isStart === true ? byteOrderMarkOf(bytes) : 0;
      const found = endOfRecords(bytes, Math.max(mark, bytes.lastIndexOf(lineFeed, quote) + 1), filled);
      return found > mark ? found : 0;
    },
  };
}

/** The length of the mark that the bytes start with: what follows it may be a quoted field. */
function byteOrderMarkOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Gives the end of the last whole record of `bytes[start, filled)`; `start` where none is whole. */
type EndOfRecords = (bytes: Uint8Array, start: number, filled: number) => number;

/** In any dialect: record by record. */
function scanning(dialect: CsvDialect): EndOfRecords {
  const scanner = new CsvScanner(dialect);
  return (bytes, start, filled) => {
    let at = start;
    while (at < filled) {
      scanner.scan(bytes, at, filled);
      // A record that reaches the end of what is there may go on; so may a `\r` that stands last.
      if (scanner.next > filled || scanner.isUnclosed || (scanner.next === filled && bytes[filled - 1] === carriageReturn)) return at;
      at = scanner.next;
    }
    return at;
  };
}

/** With separators of one byte: from quote to quote and line end to line end. It takes for quoted what the scanner takes for quoted. */
function jumping({ separator: [separator], quote, escape }: CsvDialect): EndOfRecords {
  const isBoundary = (byte: number | undefined): boolean => byte === separator || byte === lineFeed || byte === carriageReturn;
  return (bytes, start, filled) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, filled);
    let end = start;
    for (let at = start; ; ) {
      at = nextOf(bytes, view, at, filled, quote, lineFeed);
      if (at >= filled) return end;
      if (bytes[at] === lineFeed) {
        end = ++at;
        continue;
      }
      if (at > start && !isBoundary(bytes[at - 1])) {
        at++;
        continue;
      }
      const after = endOfQuoted(bytes, view, at + 1, filled, quote, escape);
      // What stands last may go on: a quote may be the first of two.
      if (after >= filled) return end;
      at = after;
    }
  };
}

/** The place behind the closing quote; `filled` where there is none. */
function endOfQuoted(bytes: Uint8Array, view: DataView, from: number, filled: number, quote: number, escape: number): number {
  for (let at = from; ; ) {
    at = nextOf(bytes, view, at, filled, quote, escape);
    if (at >= filled) return filled;
    const following = bytes[at + 1];
    if (bytes[at] !== escape || !(following === quote || (escape !== quote && following === escape)) || at + 1 >= filled) {
      if (bytes[at] === quote) return at + 1;
      at++;
    } else {
      at += 2;
    }
  }
}

/** The first of two bytes from `at` on, four bytes at a time (see `endOfPlainText`); `filled` where there is none. */
function nextOf(bytes: Uint8Array, view: DataView, at: number, filled: number, first: number, second: number): number {
  const a = first * 0x01010101;
  const b = second * 0x01010101;
  for (; at + 4 <= filled; at += 4) {
    const word = view.getInt32(at, true);
    const one = word ^ a;
    const other = word ^ b;
    const stop = (((one - 0x01010101) & ~one) | ((other - 0x01010101) & ~other)) & 0x80808080;
    if (stop !== 0) return at + ((31 - Math.clz32(stop & -stop)) >> 3);
  }
  while (at < filled && bytes[at] !== first && bytes[at] !== second) at++;
  return at;
}
