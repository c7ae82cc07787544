import { isUtf8 } from "node:buffer";
import type { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { stateError } from "../errors/state-error.ts";
import type { RowReader } from "./row-codec.ts";
import { rowTags } from "./row-tags.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads rows of version 1 of the codec (`rowTags`). A field of another type, or a row that ends too early, is R7503. */
export class RowDecoder implements RowReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  readNull(): boolean {
    if (this.#bytes[this.#at] !== rowTags.null) return false;
    this.#at++;
    return true;
  }

  readBoolean(): boolean {
    const tag = this.#tag();
    if (tag === rowTags.true) return true;
    if (tag === rowTags.false) return false;
    throw this.#foreign("a boolean", tag);
  }

  readNumber(): number {
    const tag = this.#tag();
    if ((tag & 0xf8) === rowTags.numberPositive) return this.#magnitude(tag & 7);
    if ((tag & 0xf8) === rowTags.numberNegative) return -this.#magnitude(tag & 7);
    if (tag !== rowTags.double) throw this.#foreign("a number", tag);
    const start = this.#take(8);
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, 8).getFloat64(0, true);
  }

  readLong(): number | bigint {
    const tag = this.#tag();
    if ((tag & 0xf8) === rowTags.longPositive) return this.#magnitude(tag & 7);
    if ((tag & 0xf8) === rowTags.longNegative) return -this.#magnitude(tag & 7);
    if (tag === rowTags.bigPositive) return this.#bigMagnitude();
    if (tag === rowTags.bigNegative) return -this.#bigMagnitude();
    throw this.#foreign("a long", tag);
  }

  readText(): string {
    const tag = this.#tag();
    if ((tag & 0xc0) === rowTags.shortText) return this.#utf8(tag & 0x3f);
    if (tag === rowTags.text) return this.#utf8(this.#varint());
    if (tag === rowTags.utf16) return this.#utf16(this.#varint());
    throw this.#foreign("a text", tag);
  }

  readBytes(): Uint8Array {
    const tag = this.#tag();
    if (tag !== rowTags.bytes) throw this.#foreign("bytes", tag);
    const length = this.#varint();
    const start = this.#take(length);
    return this.#bytes.slice(start, start + length);
  }

  readFields(count: number): Uint8Array {
    const start = this.#at;
    for (let left = count; left > 0; left--) this.#pass();
    return this.#bytes.subarray(start, this.#at);
  }

  /** Passes over a field. */
  #pass(): void {
    const tag = this.#tag();
    if (tag >= rowTags.shortText) this.#checkUtf8(tag & 0x3f);
    else if (tag >= rowTags.numberPositive) this.#take(tag & 7);
    else if (tag === rowTags.double) this.#take(8);
    else if (tag === rowTags.text) this.#checkUtf8(this.#varint());
    else if (tag === rowTags.utf16) this.#take(this.#varint() * 2);
    else if (tag > rowTags.true) this.#take(this.#varint());
  }

  #checkUtf8(length: number): void {
    const start = this.#take(length);
    if (!isUtf8(this.#bytes.subarray(start, start + length))) throw this.#notUtf8(start);
  }

  #tag(): number {
    return this.#bytes[this.#take(1)]!;
  }

  /** Passes over `count` bytes and gives where they start. */
  #take(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) {
      throw stateError("foreignRow", `a stored row ends too early: expected ${count} more bytes at byte ${start}, found ${this.#bytes.length - start}`);
    }
    this.#at = start + count;
    return start;
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.#bytes[this.#take(1)]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw stateError("foreignRow", `a stored row has a length that is too great at byte ${this.#at}`);
  }

  #magnitude(count: number): number {
    const start = this.#take(count);
    let value = 0;
    for (let at = start + count - 1; at >= start; at--) value = value * 256 + this.#bytes[at]!;
    return value;
  }

  #bigMagnitude(): bigint {
    const count = this.#varint();
    const start = this.#take(count);
    let value = 0n;
    for (let at = start + count - 1; at >= start; at--) value = (value << 8n) | BigInt(this.#bytes[at]!);
    return value;
  }

  #utf8(length: number): string {
    const start = this.#take(length);
    let text = "";
    for (let at = start; at < start + length; at++) {
      const byte = this.#bytes[at]!;
      if (byte >= 0x80 || length > 64) return this.#decode(start, length);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #decode(start: number, length: number): string {
    try {
      return utf8.decode(this.#bytes.subarray(start, start + length));
    } catch (error) {
      throw this.#notUtf8(start, error);
    }
  }

  #utf16(length: number): string {
    const start = this.#take(length * 2);
    let text = "";
    for (let at = start; at < start + length * 2; at += 2) text += String.fromCharCode(this.#bytes[at]! | (this.#bytes[at + 1]! << 8));
    return text;
  }

  #notUtf8(start: number, cause?: unknown): SluiceRuntimeError {
    return stateError("foreignRow", `a stored row has a text that is not UTF-8 at byte ${start}`, undefined, undefined, cause);
  }

  #foreign(expected: string, tag: number): SluiceRuntimeError {
    return stateError("foreignRow", `a stored row holds another type: expected ${expected} at byte ${this.#at - 1}, found tag 0x${tag.toString(16).padStart(2, "0")}`);
  }
}
