import type { CsvDialect } from "./csv-dialect.ts";

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/**
 * Takes one record of CSV apart into its fields, in any dialect. A field is quoted where it starts with a quote; a doubled quote in
 * it (or one behind the escape) is a quote; where the escape is another character, all but the last of several quotes in a row
 * belong to the text. White space behind the closing quote is passed over, and where anything else follows up to the separator,
 * the quotes and all that follows belong to the text too (univocity's STOP_AT_DELIMITER, which is Spark's setting). Line ends are
 * `\n`, `\r\n` and `\r`. A comment is a line without fields: quotes in it mean nothing. One object is used again for every record.
 */
export class CsvScanner {
  readonly #dialect: CsvDialect;
  readonly #separator: number;
  /** Of the record that was scanned last: how many fields it has. */
  count = 0;
  /** Where the text of each field starts and ends, quotes left out. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly quoted: boolean[] = [];
  /** Whether escapes have to be undone in a field. */
  readonly escaped: boolean[] = [];
  /** The place of the closing quote of a field that goes on behind its quotes and has escapes within them; else −1. */
  readonly #goesOn: number[] = [];
  /** The record's end without its line end, and where the next one starts. */
  end = 0;
  next = 0;
  /** A quote is not closed, so that what follows may be swallowed: where fields are of one line, the line's end closes it. */
  isUnclosed = false;

  constructor(dialect: CsvDialect) {
    this.#dialect = dialect;
    this.#separator = dialect.separator[0] ?? 44;
  }

  /** Scans the record at `at` of `bytes[0, limit)`. */
  scan(bytes: Uint8Array, at: number, limit: number): void {
    this.count = 0;
    this.isUnclosed = false;
    if (bytes[at] === this.#dialect.comment) return this.#endAt(bytes, endOfLine(bytes, at, limit), limit);
    const bound = this.#dialect.multiLine ? limit : endOfLine(bytes, at, limit);
    for (let field = at; ; ) {
      const stop = this.#field(bytes, field, bound);
      if (stop < bound && this.#isSeparator(bytes, stop)) {
        field = stop + this.#dialect.separator.length;
        continue;
      }
      return this.#endAt(bytes, stop, limit);
    }
  }

  #endAt(bytes: Uint8Array, end: number, limit: number): void {
    this.end = end;
    this.next = bytes[end] === carriageReturn && end + 1 < limit && bytes[end + 1] === lineFeed ? end + 2 : end + 1;
  }

  /** Whether the record holds nothing, or is a comment. */
  isBlank(bytes: Uint8Array, at: number): boolean {
    if (bytes[at] === this.#dialect.comment) return true;
    for (let n = at; n < this.end; n++) if (bytes[n]! > space) return false;
    return true;
  }

  /** A field's text. */
  text(buffer: Buffer, field: number): string {
    const start = this.starts[field] ?? 0;
    const end = this.ends[field] ?? start;
    const closing = this.#goesOn[field] ?? -1;
    if (closing >= 0) return buffer.toString("utf8", start, start + 1) + this.#unescaped(buffer.toString("utf8", start + 1, closing)) + buffer.toString("utf8", closing, end);
    const text = buffer.toString("utf8", start, end);
    return this.escaped[field] === true ? this.#unescaped(text) : text;
  }

  #unescaped(text: string): string {
    const { quote, escape } = this.#dialect;
    const mark = String.fromCharCode(escape);
    const other = String.fromCharCode(quote);
    let plain = "";
    let from = 0;
    for (let found = text.indexOf(mark); found >= 0; found = text.indexOf(mark, from)) {
      const following = text.charAt(found + 1);
      const isEscape = following === other || following === mark;
      plain += text.slice(from, found) + (isEscape ? following : mark);
      from = found + (isEscape ? 2 : 1);
    }
    return plain + text.slice(from);
  }

  /** Scans the field at `at` and gives where it stops: at a separator, a line end, or the bound. */
  #field(bytes: Uint8Array, at: number, bound: number): number {
    const { quote, trimsStart, trimsEnd } = this.#dialect;
    let start = at;
    if (trimsStart) while (start < bound && this.#isBlankByte(bytes, start)) start++;
    if (quote >= 0 && start < bound && bytes[start] === quote) return this.#quotedField(bytes, start, bound);
    const stop = this.#endOfPlain(bytes, start, bound);
    let end = stop;
    if (trimsEnd) while (end > start && this.#isBlankByte(bytes, end - 1)) end--;
    this.#take(start, end, false, false);
    return stop;
  }

  /** The place of the separator or line end from `at` on. */
  #endOfPlain(bytes: Uint8Array, at: number, bound: number): number {
    let end = at;
    while (end < bound && bytes[end] !== lineFeed && bytes[end] !== carriageReturn && !this.#isSeparator(bytes, end)) end++;
    return end;
  }

  /** The place behind a quoted field, or behind one that goes on behind its quotes. */
  #quotedField(bytes: Uint8Array, at: number, bound: number): number {
    const { quote, escape, trimsEnd } = this.#dialect;
    let escaped = false;
    for (let n = at + 1; n < bound; n++) {
      const byte = bytes[n];
      if (byte === escape && n + 1 < bound && (bytes[n + 1] === quote || (escape !== quote && bytes[n + 1] === escape))) {
        escaped = true;
        n++;
      } else if (byte === quote) {
        if (escape !== quote) while (n + 1 < bound && bytes[n + 1] === quote) n++;
        let after = n + 1;
        while (after < bound && this.#isBlankByte(bytes, after)) after++;
        const stop = this.#endOfPlain(bytes, after, bound);
        if (stop === after) {
          this.#take(at + 1, n, true, escaped);
        } else {
          let end = stop;
          if (trimsEnd) while (this.#isBlankByte(bytes, end - 1)) end--;
          this.#take(at, end, false, escaped);
          if (escaped) this.#goesOn[this.count - 1] = n;
        }
        return stop;
      }
    }
    this.isUnclosed = this.#dialect.multiLine;
    this.#take(at + 1, bound, true, escaped);
    return bound;
  }

  #take(start: number, end: number, quoted: boolean, escaped: boolean): void {
    const field = this.count++;
    this.starts[field] = start;
    this.ends[field] = end;
    this.quoted[field] = quoted;
    this.escaped[field] = escaped;
    this.#goesOn[field] = -1;
  }

  #isSeparator(bytes: Uint8Array, at: number): boolean {
    if (bytes[at] !== this.#separator) return false;
    const { separator } = this.#dialect;
    for (let n = 1; n < separator.length; n++) if (bytes[at + n] !== separator[n]) return false;
    return true;
  }

  #isBlankByte(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at]!;
    return byte <= space && byte !== lineFeed && byte !== carriageReturn && !this.#isSeparator(bytes, at);
  }
}

function endOfLine(bytes: Uint8Array, at: number, limit: number): number {
  let end = at;
  while (end < limit && bytes[end] !== lineFeed && bytes[end] !== carriageReturn) end++;
  return end;
}
