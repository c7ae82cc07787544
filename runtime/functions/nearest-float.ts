import type { ExactInteger } from "./exact-integer.ts";
import { decimalText } from "./decimal-text.ts";

const decimalForm = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);
const double = new Float64Array(1);
/** The low word of `double` first: typed arrays are little-endian on every machine that Node runs on. */
const words = new Int32Array(double.buffer);

/** The float nearest to a double. */
export function nearestFloat(value: number): number {
  return Math.fround(value);
}

/** The float nearest to a long. */
export function floatFromLong(value: ExactInteger): number {
  return typeof value === "number" ? Math.fround(value) : floatOfDecimal(String(value), Number(value));
}

/** The float nearest to a decimal. */
export function floatFromDecimal(value: ExactInteger, scale: number): number {
  const text = decimalText(value, scale);
  return floatOfDecimal(text, Number(text));
}

/**
 * The float nearest to what a decimal text says (java.lang.Float.parseFloat); `value` is the double nearest to it. Rounding that
 * double would go wrong where it lies halfway between two floats and the text does not.
 */
export function floatOfDecimal(text: string, value: number): number {
  const rounded = Math.fround(value);
  if (rounded === value || !Number.isFinite(value)) return rounded;
  const other = neighbour(rounded, value);
  if (sizeOf(value) - sizeOf(rounded) !== sizeOf(other) - sizeOf(value)) return rounded;
  const order = compareWithDouble(text, value);
  if (order === 0) return rounded;
  return order < 0 ? Math.min(rounded, other) : Math.max(rounded, other);
}

/** Whether a double lies where its float may differ from that of the text it was read from: halfway between floats, or among the smallest. */
export function mayRoundTwice(value: number): boolean {
  double[0] = value;
  // A float has 29 bits less.
  return (words[0]! & 0x1fffffff) === 0x10000000 || (Math.abs(value) < 2 ** -125 && value !== 0);
}

/** The next float on the side of `value`. */
function neighbour(rounded: number, value: number): number {
  float[0] = rounded;
  if (rounded === 0) return value > 0 ? 2 ** -149 : -(2 ** -149);
  bits[0] = bits[0]! + (Math.abs(value) > Math.abs(rounded) ? 1 : -1);
  return float[0]!;
}

/** An infinity stands where the next float would. */
function sizeOf(value: number): number {
  return Number.isFinite(value) ? value : Math.sign(value) * 2 ** 128;
}

/** The order of a decimal text and a finite double, exactly. */
function compareWithDouble(text: string, value: number): number {
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = decimalForm.exec(text) ?? [];
  const size = BigInt(`0${whole}${fraction}`);
  const exponent = Number(exponentText) - fraction.length;
  let numerator = value;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  const left = (sign === "-" ? -size : size) * denominator * 10n ** BigInt(Math.max(exponent, 0));
  const right = BigInt(numerator) * 10n ** BigInt(Math.max(-exponent, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}
