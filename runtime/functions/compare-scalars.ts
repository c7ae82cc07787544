import type { ExactInteger } from "./exact-integer.ts";

// Spark's order of doubles: NaN equals NaN and is above every other value, −0.0 equals 0.0. Emitted code uses the plain
// operators where they already mean that (ints, longs, dates; a double against a constant).

/** Also right where either side is null: nulls are equal to each other only. */
export function equalDouble(left: number | null, right: number | null): boolean {
  return left === right || (left !== left && right !== right);
}

export function lessDouble(left: number, right: number): boolean {
  return left < right || (right !== right && left === left);
}

export function lessOrEqualDouble(left: number, right: number): boolean {
  return left <= right || right !== right;
}

export function greaterDouble(left: number, right: number): boolean {
  return left > right || (left !== left && right === right);
}

export function greaterOrEqualDouble(left: number, right: number): boolean {
  return left >= right || left !== left;
}

export function compareDouble(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  return left !== left ? (right !== right ? 0 : 1) : -1;
}

/** For ints, dates, timestamps, durations, canonical longs and decimals of one scale. */
export function compareNumber(left: ExactInteger, right: ExactInteger): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

export function compareBoolean(left: boolean, right: boolean): number {
  return Number(left) - Number(right);
}

/** Order by UTF-8 bytes, which is that of code points: JavaScript's own order puts surrogates below U+E000–U+FFFF. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const length = left.length < right.length ? left.length : right.length;
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return a >= 0xd800 && b >= 0xd800 && isSurrogate(a) !== isSurrogate(b) ? (isSurrogate(a) ? 1 : -1) : a - b;
  }
  return left.length - right.length;
}

export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && compareBytes(left, right) === 0;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
