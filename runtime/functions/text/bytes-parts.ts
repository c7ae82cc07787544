import { RowError } from "../../errors/row-error.ts";

const maxInt = 2_147_483_647;
const longest = 536_870_000;
const zero = new Uint8Array(1);

/** Spark's `substring` of bytes; the position counts from 1, from the end where negative (ByteArray.subStringSQL). */
export function substringBytes(bytes: Uint8Array, position: number, length: number = maxInt): Uint8Array {
  const start = position > 0 ? position - 1 : position < 0 ? bytes.length + position : 0;
  // Java's differences of ints wrap: so far before the first byte, everything is taken.
  const end = ((bytes.length - start) | 0) < length ? bytes.length : start + length;
  return bytes.slice(Math.min(Math.max(start, 0), bytes.length), Math.max(0, end));
}

/** Spark's `concat` of bytes. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Spark's `lpad` of bytes: the pad is a zero byte unless said (ByteArray.lpad). */
export function padStartBytes(bytes: Uint8Array, length: number, pad: Uint8Array = zero): Uint8Array {
  return concatBytes(fillOf(bytes, length, pad), bytes.slice(0, length));
}

/** Spark's `rpad` of bytes. */
export function padEndBytes(bytes: Uint8Array, length: number, pad: Uint8Array = zero): Uint8Array {
  return concatBytes(bytes.slice(0, length), fillOf(bytes, length, pad));
}

/** Spark's `overlay` of bytes. */
export function overlayBytes(bytes: Uint8Array, replacement: Uint8Array, position: number, length: number = -1): Uint8Array {
  const replaced = length >= 0 ? length : replacement.length;
  return concatBytes(substringBytes(bytes, 1, position - 1), replacement, substringBytes(bytes, position + replaced));
}

/** Where some bytes begin in others; −1 where they do not occur. */
export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = 0; at + wanted.length <= bytes.length; at++) if (hasBytesAt(bytes, wanted, at)) return at;
  return -1;
}

/** Spark's `contains` of bytes. */
export function containsBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return indexOfBytes(bytes, wanted) >= 0;
}

/** Spark's `startswith` of bytes. */
export function startsWithBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return hasBytesAt(bytes, wanted, 0);
}

/** Spark's `endswith` of bytes. */
export function endsWithBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return hasBytesAt(bytes, wanted, bytes.length - wanted.length);
}

function hasBytesAt(bytes: Uint8Array, wanted: Uint8Array, from: number): boolean {
  return from >= 0 && from + wanted.length <= bytes.length && wanted.every((byte, at) => bytes[from + at] === byte);
}

function fillOf(bytes: Uint8Array, length: number, pad: Uint8Array): Uint8Array {
  if (length < 0) throw new RowError("INVALID_PARAMETER_VALUE", `there is no value of ${length} bytes`);
  const missing = length - bytes.length;
  if (missing <= 0 || pad.length === 0) return new Uint8Array(0);
  if (missing > longest) throw new RowError("INVALID_PARAMETER_VALUE", `a value of ${length} bytes is too long`);
  return Uint8Array.from({ length: missing }, (_, at) => pad[at % pad.length] ?? 0);
}
