import { castInvalid } from "./cast-failure.ts";
import type { ExactInteger } from "./exact-integer.ts";
import { decimalText } from "./decimal-text.ts";
import { floatOfDecimal } from "./nearest-float.ts";

const plainNumber = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const hexNumber = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/;

/**
 * A double as java.lang.Double.parseDouble reads it (a `d` or `f` may follow, hexadecimal with `p`), and in any case `nan`,
 * `inf`, `infinity` with a sign (Cast.processFloatingPointSpecialLiterals). Too large is an infinity.
 */
export function tryDoubleFromText(text: string): number | null {
  if (plainNumber.test(text)) return Number(text);
  const trimmed = text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "");
  if (plainNumber.test(trimmed)) return Number(trimmed);
  const body = /[dDfF]$/.test(trimmed) ? trimmed.slice(0, -1) : trimmed;
  if (plainNumber.test(body)) return Number(body);
  const hex = hexNumber.exec(body);
  if (hex !== null) return hexDouble(hex);
  switch (trimmed.toLowerCase()) {
    case "nan":
      return NaN;
    case "inf":
    case "+inf":
    case "infinity":
    case "+infinity":
      return Infinity;
    case "-inf":
    case "-infinity":
      return -Infinity;
    default:
      return trimmed === "+NaN" || trimmed === "-NaN" ? NaN : null;
  }
}

export function doubleFromText(text: string): number {
  return tryDoubleFromText(text) ?? castInvalid(text, "double");
}

export function tryFloatFromText(text: string): number | null {
  const value = tryDoubleFromText(text);
  if (value === null) return null;
  const digits = text.replace(/^[\0-\x20]+|[dDfF]?[\0-\x20]*$/g, "");
  return plainNumber.test(digits) ? floatOfDecimal(digits, value) : Math.fround(value);
}

export function floatFromText(text: string): number {
  return tryFloatFromText(text) ?? castInvalid(text, "float");
}

/** The double nearest to a long. */
export function doubleFromLong(value: ExactInteger): number {
  return Number(value);
}

/** The double nearest to a decimal. */
export function doubleFromDecimal(value: ExactInteger, scale: number): number {
  // Both are exact, so one division rounds once.
  if (typeof value === "number" && scale <= 22) return value / 10 ** scale;
  return Number(decimalText(value, scale));
}

function hexDouble([, sign = "", whole = "", fraction = "", exponent = "0"]: RegExpExecArray): number | null {
  if (whole === "" && fraction === "") return null;
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -size : size;
}
