import { canonicalInteger, fitsLong, type ExactInteger } from "../exact-integer.ts";
import { unfitResult, wrongResult } from "./user-value-error.ts";

// What an imported function gave, in the runtime's representation, or an error of the row where it is not what its type says. `from` is the place, the function
// first: `toPage.url`. In the forms that end in `OrNull` undefined counts as null.

export function asText(value: unknown, from: string): string {
  return typeof value === "string" ? value : wrongResult(from, "a string", value);
}

export function asTextOrNull(value: unknown, from: string): string | null {
  return value === null || value === undefined ? null : asText(value, from);
}

export function asBoolean(value: unknown, from: string): boolean {
  return typeof value === "boolean" ? value : wrongResult(from, "a boolean", value);
}

export function asBooleanOrNull(value: unknown, from: string): boolean | null {
  return value === null || value === undefined ? null : asBoolean(value, from);
}

export function asNumber(value: unknown, from: string): number {
  return typeof value === "number" ? value : wrongResult(from, "a number", value);
}

export function asNumberOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asNumber(value, from);
}

/** For a float column: the nearest float. */
export function asFloat(value: unknown, from: string): number {
  return Math.fround(asNumber(value, from));
}

export function asFloatOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asFloat(value, from);
}

/** For an int column: a number or bigint that is whole and has no more than 32 bits. */
export function asInt(value: unknown, from: string): number {
  const number = typeof value === "bigint" ? Number(value) : asNumber(value, from);
  return (number | 0) === number ? number | 0 : unfitResult(from, shown(value), "an int column");
}

export function asIntOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asInt(value, from);
}

/** For a long column: a bigint of no more than 64 bits. */
export function asLong(value: unknown, from: string): ExactInteger {
  if (typeof value !== "bigint") return wrongResult(from, "a bigint", value);
  const long = canonicalInteger(value);
  return fitsLong(long) ? long : unfitResult(from, shown(value), "a long column");
}

export function asLongOrNull(value: unknown, from: string): ExactInteger | null {
  return value === null || value === undefined ? null : asLong(value, from);
}

/** For a long column that the function takes and gives as a number: whole, and within what a number holds exactly. */
export function asSafeLong(value: unknown, from: string): number {
  const number = asNumber(value, from);
  return Number.isSafeInteger(number) ? number + 0 : unfitResult(from, shown(number), "a long column");
}

export function asSafeLongOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asSafeLong(value, from);
}

/** For a timestamp column: microseconds, where a double holds them exactly. */
export function asTimestamp(value: unknown, from: string): number {
  const microseconds = millisecondsOf(value, from) * 1000;
  // Rounding moves it by no more than 512.
  return microseconds % 1000 === 0 ? microseconds + 0 : unfitResult(from, "a Date too far away", "a timestamp column");
}

export function asTimestampOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asTimestamp(value, from);
}

/** For a date column: the days up to the day, in UTC, in which the `Date` lies. */
export function asDay(value: unknown, from: string): number {
  return Math.floor(millisecondsOf(value, from) / 86_400_000) + 0;
}

export function asDayOrNull(value: unknown, from: string): number | null {
  return value === null || value === undefined ? null : asDay(value, from);
}

/** A copy: the function may go on writing to the array that it gave. */
export function asBytes(value: unknown, from: string): Uint8Array {
  return value instanceof Uint8Array ? new Uint8Array(value) : wrongResult(from, "a Uint8Array", value);
}

export function asBytesOrNull(value: unknown, from: string): Uint8Array | null {
  return value === null || value === undefined ? null : asBytes(value, from);
}

function millisecondsOf(value: unknown, from: string): number {
  if (!(value instanceof Date)) return wrongResult(from, "a Date", value);
  const milliseconds = value.getTime();
  return Number.isNaN(milliseconds) ? unfitResult(from, "an invalid Date", "a column") : milliseconds;
}

/** A number as it is written; a bigint without end cut. */
function shown(value: unknown): string {
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
