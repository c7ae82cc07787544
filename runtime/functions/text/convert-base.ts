import { RowError } from "../../errors/row-error.ts";
import { trimText } from "../trim-text.ts";

/** Spark's `bin`: 64 bits in two's complement, without leading zeros. */
export function binaryDigits(value: number | bigint): string {
  return BigInt.asUintN(64, BigInt(value)).toString(2);
}

/**
 * Spark's `conv`: the digits that a text begins with, written to another base as an unsigned 64-bit number, or as a signed one
 * where that base is negative. Null for an empty text and for bases outside 2 to 36; more than 64 bits are a `RowError`
 * (NumberConverter in ANSI mode).
 */
export function convertBase(text: string, from: number, to: number): string | null {
  const trimmed = trimText(text);
  const base = Math.abs(to);
  if (from < 2 || from > 36 || base < 2 || base > 36 || trimmed === "") return null;
  const isNegative = trimmed.startsWith("-");
  const size = leadingDigits(isNegative ? trimmed.slice(1) : trimmed, from);
  if (size >= 2n ** 64n) throw new RowError("ARITHMETIC_OVERFLOW", `${trimmed} of base ${from} has more than 64 bits`);
  const signed = BigInt.asIntN(64, size);
  if (to < 0) {
    const minus = isNegative || signed < 0n;
    return (minus ? "-" : "") + BigInt.asUintN(64, signed < 0n ? -signed : signed).toString(base).toUpperCase();
  }
  const value = isNegative ? (signed < 0n ? -1n : -signed) : signed;
  return BigInt.asUintN(64, value).toString(base).toUpperCase();
}

function leadingDigits(text: string, base: number): bigint {
  let value = 0n;
  for (const character of text) {
    const digit = /[0-9A-Za-z]/.test(character) ? Number.parseInt(character, 36) : base;
    if (digit >= base) break;
    value = value * BigInt(base) + BigInt(digit);
  }
  return value;
}
