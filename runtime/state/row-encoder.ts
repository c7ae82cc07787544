import { ByteBuilder } from "./byte-builder.ts";
import type { RowBuffer } from "./row-codec.ts";
import { rowTags } from "./row-tags.ts";

const scratch = new DataView(new ArrayBuffer(8));
const utf8 = new TextEncoder();
const wordBytes = 4;

/** Writes rows in version 1 of the codec (`rowTags`). One encoder may write row after row; `take` ends a row. */
export class RowEncoder implements RowBuffer {
  readonly #out = new ByteBuilder();

  get bytes(): Uint8Array {
    return this.#out.written;
  }

  get length(): number {
    return this.#out.length;
  }

  drop(): void {
    this.#out.drop();
  }

  take(): Uint8Array {
    return this.#out.take();
  }

  writeNull(): void {
    this.#out.byte(rowTags.null);
  }

  writeBoolean(value: boolean): void {
    this.#out.byte(value ? rowTags.true : rowTags.false);
  }

  writeNumber(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      if (value >= 0) this.#magnitude(rowTags.numberPositive, value);
      else this.#magnitude(rowTags.numberNegative, -value);
      return;
    }
    this.#out.byte(rowTags.double);
    scratch.setFloat64(0, Number.isNaN(value) ? Number.NaN : value, true);
    for (let at = 0; at < 8; at++) this.#out.byte(scratch.getUint8(at));
  }

  writeLong(value: number | bigint): void {
    if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) throw new TypeError(`not a canonical long: ${value}`);
      if (value >= 0) this.#magnitude(rowTags.longPositive, value);
      else this.#magnitude(rowTags.longNegative, -value);
    } else if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) {
      this.writeLong(Number(value));
    } else {
      this.#bigMagnitude(value < 0n ? rowTags.bigNegative : rowTags.bigPositive, value < 0n ? -value : value);
    }
  }

  writeText(value: string): void {
    const length = value.length;
    const room = 9 + length * 3;
    const bytes = this.#out.reserve(room);
    const start = this.#out.length;
    if (length < 64 && asciiInto(value, bytes, start + 1)) {
      bytes[start] = rowTags.shortText + length;
      this.#out.advance(length + 1);
    } else if (hasLoneSurrogate(value)) {
      this.#utf16(value);
    } else {
      this.#utf8(value);
    }
  }

  writeBytes(value: Uint8Array): void {
    this.#out.byte(rowTags.bytes);
    this.#out.varint(value.length);
    this.#out.bytes(value);
  }

  writeFields(bytes: Uint8Array, start: number, end: number): void {
    this.#out.bytes(bytes.subarray(start, end));
  }

  #magnitude(tag: number, magnitude: number): void {
    const out = this.#out;
    const bytes = out.reserve(1 + 2 * wordBytes);
    const start = out.length;
    // In words of 32 bits, which are whole numbers to the machine; what is written beyond the last byte is written over.
    const low = magnitude >>> 0;
    const high = (magnitude - low) / 2 ** 32;
    out.view.setInt32(start + 1, low, true);
    out.view.setInt32(start + 1 + wordBytes, high, true);
    const count = high > 0 ? wordBytes + bytesOf(high) : bytesOf(low);
    bytes[start] = tag + count;
    out.advance(1 + count);
  }

  #bigMagnitude(tag: number, magnitude: bigint): void {
    const bytes: number[] = [];
    for (let rest = magnitude; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
    this.#out.byte(tag);
    this.#out.varint(bytes.length);
    for (const byte of bytes) this.#out.byte(byte);
  }

  #utf8(value: string): void {
    const encoded = utf8.encode(value);
    if (encoded.length < 64) {
      this.#out.byte(rowTags.shortText + encoded.length);
    } else {
      this.#out.byte(rowTags.text);
      this.#out.varint(encoded.length);
    }
    this.#out.bytes(encoded);
  }

  #utf16(value: string): void {
    this.#out.byte(rowTags.utf16);
    this.#out.varint(value.length);
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at);
      this.#out.byte(unit & 0xff);
      this.#out.byte(unit >>> 8);
    }
  }
}

/** The bytes that a number below 2^32 takes: none for 0. */
function bytesOf(word: number): number {
  return (39 - Math.clz32(word)) >> 3;
}

/** Writes a text of ASCII only; false, with nothing to be relied on in `bytes`, where it holds anything else. */
function asciiInto(text: string, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return false;
    bytes[start + at] = unit;
  }
  return true;
}

function hasLoneSurrogate(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return true;
    at++;
  }
  return false;
}
