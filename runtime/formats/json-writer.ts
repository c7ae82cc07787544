import { civilFromDays, dayOfTimestamp, microsPerDay, microsPerSecond } from "../time/civil.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";
import { decimalText } from "../functions/decimal-text.ts";
import { shortestFloat } from "../functions/double-text.ts";
import { dateText } from "../functions/datetime-text.ts";
import { durationText } from "../time/duration-text.ts";
import { knownPiece, wordBytes, type Piece } from "./json-pieces.ts";
import { integerInto, pairInto, tripleInto } from "./digits-into.ts";

const encoder = new TextEncoder();

/** Beyond this, the native encoder is faster than a loop over characters. */
const longText = 32;

/** A timestamp as it was written, the quotes with it, and how many bytes that is. */
interface TimeText {
  micros: number;
  length: number;
  readonly words: Float64Array;
}

/** Every timestamp is at least a word shorter. */
const timeBytes = 8 * wordBytes;

/**
 * Writes JSON as bytes into one buffer that grows and is used again. Values are in the runtime's representation and null where the
 * column may be; the forms are those of the language's output page.
 */
export class JsonWriter {
  #bytes: Uint8Array = new Uint8Array(4096);
  #buffer = textBuffer(this.#bytes.buffer);
  #data = new DataView(this.#bytes.buffer);
  /** The piece that was written last. */
  #piece: Piece = { text: "", words: new Float64Array(0), next: undefined };
  #length = 0;
  #resets = 0;
  /** The last day that was written, as `2024-01-01`: rows near one another mostly have the same. */
  #lastDay = NaN;
  readonly #lastDayText = new Uint8Array(10);
  readonly #zone: TimeZone;
  /** The last two timestamps that were written, the later first: rows of one window have the same two. */
  #time = noTime();
  #timeBefore = noTime();

  /** `zone`: the job's, for the timestamps that are written without one being given. */
  constructor(zone: TimeZone = utc) {
    this.#zone = zone;
  }

  /** Bytes written since the last `reset`. */
  get length(): number {
    return this.#length;
  }

  /** What was written: a view that the next `reset` or write may change. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Starts anew; the buffer is kept. */
  reset(): void {
    this.#length = 0;
    this.#resets++;
  }

  /** How often it has started anew: what was written before the last time is there no more. */
  get resets(): number {
    return this.#resets;
  }

  /** Writes again what was written from `start` to `end` since the last `reset`. */
  repeat(start: number, end: number): void {
    const count = end - start;
    if (this.#length + count > this.#bytes.length) this.#grow(count);
    this.#bytes.copyWithin(this.#length, start, end);
    this.#length += count;
  }

  /** Text of ASCII characters as it is: punctuation and names, the same ones again and again. */
  raw(ascii: string): void {
    let piece = this.#piece.next;
    if (piece === undefined || piece.text !== ascii) this.#piece.next = piece = knownPiece(ascii);
    this.#piece = piece;
    if (this.#length + ascii.length + wordBytes > this.#bytes.length) this.#grow(ascii.length + wordBytes);
    this.#put(piece.words, ascii.length);
  }

  /** Writes the first bytes of some words. There is room for a word more. */
  #put(words: Float64Array, bytes: number): void {
    const data = this.#data;
    const start = this.#length;
    for (let word = 0, at = start; at < start + bytes; word++, at += wordBytes) data.setFloat64(at, words[word]!, true);
    this.#length = start + bytes;
  }

  /** Text of ASCII characters that is a value. */
  #ascii(text: string): void {
    const count = text.length;
    if (this.#length + count > this.#bytes.length) this.#grow(count);
    if (count > longText) {
      this.#length += this.#buffer.write(text, this.#length, "latin1");
      return;
    }
    const bytes = this.#bytes;
    const start = this.#length;
    for (let at = 0; at < count; at++) bytes[start + at] = text.charCodeAt(at);
    this.#length = start + count;
  }

  /** A line end: rows of a file, lines of a capture. */
  newline(): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = 10;
  }

  /** JSON that was made elsewhere, as it is. */
  json(text: string): void {
    if (this.#length + text.length * 3 > this.#bytes.length) this.#grow(text.length * 3);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  text(value: string | null): void {
    if (value === null) {
      this.raw("null");
      return;
    }
    const count = value.length;
    if (this.#length + count + 8 > this.#bytes.length) this.#grow(count + 8);
    if (count > longText) {
      this.#longText(value);
      return;
    }
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = 34;
    for (let index = 0; index < count; index++) {
      const char = value.charCodeAt(index);
      if (char < 32 || char > 126 || char === 34 || char === 92) {
        this.json(JSON.stringify(value));
        return;
      }
      bytes[at++] = char;
    }
    bytes[at++] = 34;
    this.#length = at;
  }

  /** A text by its UTF-8, between two places of other memory: where nothing of it needs an escape it is copied. */
  utf8(from: DataView, start: number, end: number): void {
    const count = end - start;
    if (this.#length + count + 2 > this.#bytes.length) this.#grow(count + 2);
    const to = this.#data;
    let at = this.#length;
    let next = start;
    let odd = 0;
    to.setUint8(at++, 34);
    for (; next + 4 <= end; next += 4, at += 4) {
      const word = from.getInt32(next, true);
      to.setInt32(at, word, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      // A byte's high bit where it is below 32, a quote or a backslash; not where it has one of its own.
      odd |= ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
    }
    odd &= 0x80808080;
    for (; next < end; next++) {
      const byte = from.getUint8(next);
      to.setUint8(at++, byte);
      if (byte < 32 || byte === 34 || byte === 92) odd = 1;
    }
    to.setUint8(at++, 34);
    if (odd === 0) this.#length = at;
    else this.text(Buffer.from(from.buffer, from.byteOffset + start, count).toString("utf8"));
  }

  boolean(value: boolean | null): void {
    this.raw(value === null ? "null" : value ? "true" : "false");
  }

  /** An int, or any number that is a safe integer. */
  int(value: number | null): void {
    if (value === null) this.raw("null");
    else this.#integer(value);
  }

  /** A canonical long, with all its digits. */
  long(value: number | bigint | null): void {
    if (typeof value === "number") this.#integer(value);
    else this.#ascii(value === null ? "null" : value.toString());
  }

  /** A JSON number; NaN and the infinities as strings, −0 as `-0.0`. */
  double(value: number | null): void {
    if (value === null) this.raw("null");
    else if (Number.isSafeInteger(value)) {
      if (value === 0 && 1 / value < 0) this.raw("-0.0");
      else this.#integer(value);
    } else if (Number.isFinite(value)) this.#ascii(String(value));
    else this.raw(value > 0 ? '"Infinity"' : value < 0 ? '"-Infinity"' : '"NaN"');
  }

  /** A float (32 bits): the fewest digits that read back as the same float; else as `double`. */
  float(value: number | null): void {
    if (value === null || Number.isSafeInteger(value) || !Number.isFinite(value)) this.double(value);
    else this.#ascii(String(Number(shortestFloat(value))));
  }

  /** Bytes as a text of base64. */
  binary(bytes: Uint8Array | null): void {
    this.#ascii(bytes === null ? "null" : `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}"`);
  }

  /** A scaled decimal as a number with all its digits. */
  decimal(scaled: number | bigint | null, scale: number): void {
    if (scale === 0) this.long(scaled);
    else this.#ascii(scaled === null ? "null" : decimalText(scaled, scale));
  }

  /**
   * Microseconds as `"2024-01-01T00:00:00.000Z"`, with six digits where milliseconds do not say it. In a zone other than UTC it is the local
   * time with its offset: `"2024-01-01T01:00:00.000+01:00"`.
   */
  timestamp(micros: number | null, zone: TimeZone = this.#zone): void {
    if (micros === null) {
      this.raw("null");
      return;
    }
    if (!Number.isFinite(micros)) {
      this.double(micros);
      return;
    }
    if (this.#length + timeBytes > this.#bytes.length) this.#grow(timeBytes);
    if (zone !== this.#zone) {
      this.#instant(micros, zone);
      return;
    }
    if (micros !== this.#time.micros) {
      const time = this.#timeBefore;
      this.#timeBefore = this.#time;
      this.#time = time;
      if (micros !== time.micros) {
        this.#newTime(micros, time);
        return;
      }
    }
    this.#put(this.#time.words, this.#time.length);
  }

  /** Writes a timestamp and keeps its text. */
  #newTime(micros: number, time: TimeText): void {
    const start = this.#length;
    this.#instant(micros, this.#zone);
    time.micros = micros;
    time.length = this.#length - start;
    // What stood behind it may be no ASCII.
    this.#data.setFloat64(this.#length, 0);
    for (let word = 0, at = start; at < this.#length; word++, at += wordBytes) time.words[word] = this.#data.getFloat64(at, true);
  }

  #instant(micros: number, zone: TimeZone): void {
    const offset = zone === utc ? 0 : zone.offsetAt(micros);
    const day = dayOfTimestamp(micros + offset);
    const time = micros + offset - day * microsPerDay;
    const second = Math.floor(time / microsPerSecond);
    const fraction = time - second * microsPerSecond;
    this.#bytes[this.#length++] = 34;
    this.#day(day);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = 84;
    at = pairInto(bytes, at, (second / 3600) | 0);
    bytes[at++] = 58;
    at = pairInto(bytes, at, ((second / 60) | 0) % 60);
    bytes[at++] = 58;
    at = pairInto(bytes, at, second % 60);
    bytes[at++] = 46;
    const millis = (fraction / 1000) | 0;
    const rest = fraction - millis * 1000;
    at = tripleInto(bytes, at, millis);
    if (rest !== 0) at = tripleInto(bytes, at, rest);
    if (offset === 0) bytes[at++] = 90;
    else at = offsetInto(bytes, at, offset / microsPerSecond);
    bytes[at++] = 34;
    this.#length = at;
  }

  /** Days as `"2024-01-01"`. */
  date(days: number | null): void {
    if (days === null) {
      this.raw("null");
      return;
    }
    if (this.#length + 20 > this.#bytes.length) this.#grow(20);
    this.#bytes[this.#length++] = 34;
    this.#day(days);
    this.#bytes[this.#length++] = 34;
  }

  /** Microseconds in ISO-8601's form: `"PT5M"`. */
  duration(micros: number | null): void {
    this.#ascii(micros === null ? "null" : `"${durationText(micros)}"`);
  }

  /** Written as it is and then looked at. There is room for the quotes and six bytes more. */
  #longText(value: string): void {
    const count = value.length;
    const start = this.#length + 1;
    // More room than a text that is all ASCII takes: any other takes more bytes than it has characters.
    if (this.#buffer.utf8Write(value, start, count + 4) !== count || !this.#isPlain(start, start + count)) {
      this.json(JSON.stringify(value));
      return;
    }
    this.#bytes[start - 1] = 34;
    this.#bytes[start + count] = 34;
    this.#length = start + count + 1;
  }

  /** Whether ASCII from `start` on stands in JSON as it is. */
  #isPlain(start: number, end: number): boolean {
    const data = this.#data;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      const word = data.getInt32(at, true);
      const quote = word ^ 0x22222222;
      const backslash = word ^ 0x5c5c5c5c;
      // A byte's high bit where it is below 32, a quote, a backslash or 127; ASCII has none of its own, and only a byte that is odd itself borrows from the next.
      const odd = (word - 0x20202020) | (quote - 0x01010101) | (backslash - 0x01010101) | (word + 0x01010101);
      if ((odd & 0x80808080) !== 0) return false;
    }
    for (; at < end; at++) {
      const byte = this.#bytes[at]!;
      if (byte < 32 || byte === 34 || byte === 92 || byte === 127) return false;
    }
    return true;
  }

  #day(days: number): void {
    if (days !== this.#lastDay) {
      const { year, month, day } = civilFromDays(days);
      if (year < 0 || year > 9999) {
        this.#ascii(dateText(days));
        return;
      }
      const text = this.#lastDayText;
      pairInto(text, 0, Math.floor(year / 100));
      pairInto(text, 2, year % 100);
      text[4] = 45;
      pairInto(text, 5, month);
      text[7] = 45;
      pairInto(text, 8, day);
      this.#lastDay = days;
    }
    const bytes = this.#bytes;
    const start = this.#length;
    for (let at = 0; at < 10; at++) bytes[start + at] = this.#lastDayText[at]!;
    this.#length = start + 10;
  }

  #integer(value: number): void {
    if (this.#length + 20 > this.#bytes.length) this.#grow(20);
    this.#length = integerInto(this.#bytes, this.#length, value);
  }

  #grow(more: number): void {
    let capacity = this.#bytes.length * 2;
    while (capacity < this.#length + more) capacity *= 2;
    const bytes = new Uint8Array(capacity);
    bytes.set(this.view());
    this.#bytes = bytes;
    this.#buffer = textBuffer(bytes.buffer);
    this.#data = new DataView(bytes.buffer);
  }
}

/** What every buffer of Node has; `write` takes half as long again. */
interface TextBuffer extends Buffer {
  utf8Write(text: string, start: number, most: number): number;
}

function textBuffer(bytes: ArrayBufferLike): TextBuffer {
  return Buffer.from(bytes) as TextBuffer;
}

function noTime(): TimeText {
  return { micros: NaN, length: 0, words: new Float64Array(timeBytes / wordBytes) };
}

/** `+01:00`, with seconds where there are any; `offset` in seconds. */
function offsetInto(bytes: Uint8Array, start: number, offset: number): number {
  const total = Math.abs(offset);
  bytes[start] = offset < 0 ? 45 : 43;
  let at = pairInto(bytes, start + 1, (total / 3600) | 0);
  bytes[at++] = 58;
  at = pairInto(bytes, at, ((total / 60) | 0) % 60);
  if (total % 60 === 0) return at;
  bytes[at++] = 58;
  return pairInto(bytes, at, total % 60);
}
