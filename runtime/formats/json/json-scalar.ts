import { tryDateFromText } from "../../functions/cast-date.ts";
import { tryDecimalFromText } from "../../functions/cast-decimal.ts";
import { tryDurationFromText } from "../../functions/cast-duration.ts";
import { tryTimestampFromLong, tryTimestampFromText } from "../../functions/cast-timestamp.ts";
import { floatOfDecimal } from "../../functions/nearest-float.ts";
import { canonicalInteger, fitsLong } from "../../functions/exact-integer.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import type { ValueType } from "../value-type.ts";
import type { JsonSyntax } from "./json-options.ts";

type ScalarType = Exclude<ValueType, { readonly kind: "record" } | { readonly kind: "array" } | { readonly kind: "map" }>;
type Scalar = boolean | number | bigint | string | Uint8Array;

/** A JSON number, by its text, as a value of a type; undefined where it is none. Text columns are not asked here. */
export function scalarFromNumber(text: string, type: ScalarType): Scalar | undefined {
  switch (type.kind) {
    case "int": {
      const value = wholeNumber(text);
      return typeof value === "number" && value >= -2_147_483_648 && value <= 2_147_483_647 ? value : undefined;
    }
    case "long":
      return wholeNumber(text);
    case "double":
      return doubleOf(text);
    case "float": {
      const value = doubleOf(text);
      return value === undefined ? undefined : floatOfDecimal(text, value);
    }
    case "decimal":
      return tryDecimalFromText(text, type.precision, type.scale) ?? undefined;
    case "timestamp": {
      const seconds = wholeNumber(text);
      return seconds === undefined ? undefined : (tryTimestampFromLong(seconds) ?? undefined);
    }
    default:
      return undefined;
  }
}

/**
 * A JSON string as a value of a type other than string; undefined where it is none (JacksonParser.makeConverter). Where numbers may be
 * NaN and infinite, strings that say so are numbers.
 */
export function scalarFromString(text: string, type: ScalarType, zone: TimeZone, { allowNonNumericNumbers = true }: JsonSyntax = {}): Scalar | undefined {
  switch (type.kind) {
    case "double":
    case "float":
      return allowNonNumericNumbers ? specialDoubles.get(text) : undefined;
    case "decimal":
      return /\s/.test(text) ? undefined : (tryDecimalFromText(text.replaceAll(",", ""), type.precision, type.scale) ?? undefined);
    case "date":
      return tryDateFromText(text) ?? daysOf(text);
    case "timestamp":
      return tryTimestampFromText(text, zone) ?? undefined;
    case "duration":
      return tryDurationFromText(text) ?? undefined;
    case "binary":
      return bytesOf(text);
    default:
      return undefined;
  }
}

const specialDoubles: ReadonlyMap<string, number> = new Map([
  ["NaN", NaN], ["Infinity", Infinity], ["+Infinity", Infinity], ["+INF", Infinity], ["-Infinity", -Infinity], ["-INF", -Infinity],
]);

function doubleOf(text: string): number | undefined {
  const value = Number(text);
  if (Number.isNaN(value)) return specialDoubles.get(text);
  // Java reads `-0` as an integer, which has no negative zero.
  return value === 0 && isWhole(text) ? 0 : value;
}

/** The integer that the digits name, exact; undefined with a fraction, an exponent, or more than 64 bits. */
function wholeNumber(text: string): number | bigint | undefined {
  const value = Number(text);
  if (!isWhole(text)) return undefined;
  if (Number.isSafeInteger(value)) return value + 0;
  if (text.length > 20) return undefined;
  const exact = canonicalInteger(BigInt(text));
  return fitsLong(exact) ? exact : undefined;
}

/** Whether the text is digits only, with a sign or without: neither a fraction nor an exponent. */
function isWhole(text: string): boolean {
  for (let at = text.charCodeAt(0) === 0x2d ? 1 : 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

/** Base64 as Jackson reads it: blanks may stand between groups of four. */
function bytesOf(text: string): Uint8Array | undefined {
  if (!/^(?:[\0-\x20]*[A-Za-z0-9+/]{4})*(?:[\0-\x20]*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=))?[\0-\x20]*$/.test(text)) return undefined;
  return Uint8Array.from(atob(text.replace(/[\0-\x20]+/g, "")), (character) => character.charCodeAt(0));
}

/** The first day whose date is the same in the Julian calendar's successor: 1582-10-15. */
const firstGregorianDay = -141_427;

/** Days since the epoch, as Spark before version 3 wrote dates (JacksonParser's fallback where no `dateFormat` is given). */
function daysOf(text: string): number | undefined {
  const days = /^[+-]?[0-9]{1,10}$/.test(text) ? Number(text) + 0 : undefined;
  return days !== undefined && days >= firstGregorianDay && days <= 2_147_483_647 ? days : undefined;
}
