import { RowError } from "../errors/row-error.ts";
import { asciiDigits } from "./ascii-digits.ts";
import { castInvalid } from "./cast-failure.ts";
import { decimalOverflow, rescaleDecimal, tryRescaleDecimal } from "./decimal-arithmetic.ts";
import { floatText } from "./double-text.ts";
import { canonicalInteger, canonicalNumber, type ExactInteger } from "./exact-integer.ts";

// Casts to decimal(precision, scale), rounded half up (org.apache.spark.sql.types.Decimal.fromString, Decimal.toPrecision).

interface Unscaled {
  readonly digits: bigint;
  /** Places behind the point; may be negative. */
  readonly scale: number;
}

/** As java.math.BigDecimal reads a text: a sign, digits of any script, a point, an exponent; blanks around it. */
export function tryDecimalFromText(text: string, precision: number, scale: number): ExactInteger | null {
  const value = unscaled(text);
  return value === null || integralDigits(value) > 38 ? null : fit(value, precision, scale);
}

export function decimalFromText(text: string, precision: number, scale: number): ExactInteger {
  const value = unscaled(text);
  if (value === null) return castInvalid(text, `decimal(${precision},${scale})`);
  if (integralDigits(value) > 38) throw new RowError("NUMERIC_OUT_OF_SUPPORTED_RANGE", `${text.trim()} has more than 38 digits before the point`);
  return fit(value, precision, scale) ?? decimalOverflow(text.trim(), precision, scale);
}

/** By the double's decimal text. NaN and the infinities are null, as Spark has it, also where a failure is an error. */
export function decimalFromDouble(value: number, precision: number, scale: number): ExactInteger | null {
  if (!Number.isFinite(value)) return null;
  return tryDecimalFromText(String(value), precision, scale) ?? decimalOverflow(String(value), precision, scale);
}

export function tryDecimalFromDouble(value: number, precision: number, scale: number): ExactInteger | null {
  return Number.isFinite(value) ? tryDecimalFromText(String(value), precision, scale) : null;
}

/** By the float's own decimal text, which is shorter than that of the double it equals. */
export function decimalFromFloat(value: number, precision: number, scale: number): ExactInteger | null {
  if (!Number.isFinite(value)) return null;
  return tryDecimalFromText(floatText(value), precision, scale) ?? decimalOverflow(floatText(value), precision, scale);
}

export function tryDecimalFromFloat(value: number, precision: number, scale: number): ExactInteger | null {
  return Number.isFinite(value) ? tryDecimalFromText(floatText(value), precision, scale) : null;
}

/** Seconds since the epoch with their fraction. */
export function decimalFromTimestamp(micros: number, precision: number, scale: number): ExactInteger {
  return rescaleDecimal(canonicalNumber(micros), 6, precision, scale);
}

export function tryDecimalFromTimestamp(micros: number, precision: number, scale: number): ExactInteger | null {
  return tryRescaleDecimal(canonicalNumber(micros), 6, precision, scale);
}

const decimalPattern = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,9}))?$/;

function unscaled(text: string): Unscaled | null {
  const trimmed = text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "");
  const match = decimalPattern.exec(trimmed) ?? decimalPattern.exec(asciiDigits(trimmed));
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", only = "", exponent = "0"] = match;
  const size = BigInt(`0${whole}${fraction}${only}`);
  return { digits: sign === "-" ? -size : size, scale: fraction.length + only.length - Number(exponent) };
}

function fit({ digits, scale: from }: Unscaled, precision: number, scale: number): ExactInteger | null {
  if (digits === 0n) return 0;
  if (from < 0) return tryRescaleDecimal(canonicalInteger(digits * 10n ** BigInt(-from)), 0, precision, scale);
  // Digits that far behind the last place kept cannot round it up.
  if (from - scale > String(digits).length + 1) return 0;
  return tryRescaleDecimal(canonicalInteger(digits), from, precision, scale);
}

function integralDigits({ digits, scale }: Unscaled): number {
  return digits === 0n ? 0 : String(digits < 0n ? -digits : digits).length - scale;
}
