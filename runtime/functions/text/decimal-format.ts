import { decimalFormatPattern, type DecimalFormatPattern } from "./decimal-format-pattern.ts";
import { exactDouble, exactInteger, type ExactDecimal, roundedHalfEven } from "./exact-decimal.ts";

/** A way to write numbers, by a pattern of java.text.DecimalFormat with the symbols of the United States; ties round to even. */
export interface DecimalFormat {
  readonly pattern: DecimalFormatPattern;
}

const defaultPattern = "#,##0";
const known = new Map<number, DecimalFormat>();

/** The format of a pattern; the empty one is that of whole numbers in groups of three. A pattern that is none is a `RowError`. */
export function decimalFormat(pattern: string): DecimalFormat {
  return { pattern: decimalFormatPattern(pattern === "" ? defaultPattern : pattern) };
}

/** The format of numbers in groups of three with so many places; null where they are negative (FormatNumber). */
export function placesFormat(places: number): DecimalFormat | null {
  if (places < 0) return null;
  const format = known.get(places) ?? decimalFormat(places === 0 ? defaultPattern : `${defaultPattern}.${"0".repeat(Math.min(places, 1000))}`);
  if (known.size < 100) known.set(places, format);
  return format;
}

/** Spark's `format_number` of a double or float: every digit of its binary value counts. */
export function formatDouble(value: number, format: DecimalFormat): string;
export function formatDouble(value: number, format: DecimalFormat | null): string | null;
export function formatDouble(value: number, format: DecimalFormat | null): string | null {
  if (format === null) return null;
  if (Number.isNaN(value)) return "NaN";
  const { pattern } = format;
  const multiplied = value * pattern.multiplier;
  if (!Number.isFinite(multiplied)) return value < 0 ? `${pattern.negativePrefix}∞${pattern.negativeSuffix}` : `${pattern.prefix}∞${pattern.suffix}`;
  return written(exactDouble(multiplied), pattern);
}

/** Spark's `format_number` of an int, a long or a decimal of a scale. */
export function formatExact(value: number | bigint, scale: number, format: DecimalFormat): string;
export function formatExact(value: number | bigint, scale: number, format: DecimalFormat | null): string | null;
export function formatExact(value: number | bigint, scale: number, format: DecimalFormat | null): string | null {
  if (format === null) return null;
  return written(exactInteger(BigInt(value) * BigInt(format.pattern.multiplier), scale), format.pattern);
}

function written(value: ExactDecimal, pattern: DecimalFormatPattern): string {
  const rounded = roundedHalfEven(value, pattern.mostPlaces);
  const digits = String(rounded.units).padStart(pattern.mostPlaces + 1, "0");
  const cut = digits.length - pattern.mostPlaces;
  const places = trimmedPlaces(digits.slice(cut), pattern.leastPlaces);
  const whole = digits.slice(0, cut).replace(/^0+/, "").padStart(pattern.leastWhole === 0 && places === "" ? 1 : pattern.leastWhole, "0");
  const number = grouped(whole, pattern.grouping) + (places !== "" || pattern.alwaysPoint ? "." : "") + places;
  return value.isNegative ? pattern.negativePrefix + number + pattern.negativeSuffix : pattern.prefix + number + pattern.suffix;
}

function trimmedPlaces(places: string, least: number): string {
  let length = places.length;
  while (length > least && places.charAt(length - 1) === "0") length--;
  return places.slice(0, length);
}

function grouped(whole: string, size: number): string {
  if (size === 0) return whole;
  const first = whole.length % size;
  const groups = first === 0 ? [] : [whole.slice(0, first)];
  for (let at = first; at < whole.length; at += size) groups.push(whole.slice(at, at + size));
  return groups.join(",");
}
