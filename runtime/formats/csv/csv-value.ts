import { asciiDigits } from "../../functions/ascii-digits.ts";
import { tryDateFromText } from "../../functions/cast-date.ts";
import { tryDecimalFromText } from "../../functions/cast-decimal.ts";
import { tryDurationFromText } from "../../functions/cast-duration.ts";
import { tryDoubleFromText } from "../../functions/cast-double.ts";
import { tryTimestampFromText } from "../../functions/cast-timestamp.ts";
import { canonicalInteger, fitsLong } from "../../functions/exact-integer.ts";
import { datetimeFormats } from "../datetime-formats.ts";
import type { ValueType } from "../value-type.ts";
import type { CsvOptions } from "./csv-options.ts";

type CsvScalar = boolean | number | bigint | string | Uint8Array;

/** Reads a field as a value: null where it is none, undefined where it does not fit. `quoted`: it stood in quotes. */
export type CsvValue = (text: string, quoted: boolean) => CsvScalar | null | undefined;

/**
 * How the fields of a column are read (UnivocityParser.makeConverter): numbers as Java parses them, white space is no part of them but
 * in doubles, dates and timestamps; `true` and `false` in any case; binary columns hold the bytes of the text. An empty field is
 * null; `""` is the empty string in a column of texts and null in any other, unless the options say otherwise.
 */
export function csvValue(type: ValueType, options: CsvOptions, zone: string): CsvValue {
  const convert = converter(type, options, zone);
  const { nullValue = "", emptyAsNull = false, emptyValue } = options;
  return (text, quoted) => {
    if (text === "") {
      if (!quoted) return null;
      const empty = emptyValue ?? "";
      if (type.kind === "string") return emptyAsNull || (emptyValue !== undefined && empty === nullValue) ? null : empty;
      return nullValue === "" ? null : undefined;
    }
    return text === nullValue ? null : convert(text);
  };
}

function converter(type: ValueType, options: CsvOptions, zone: string): (text: string) => CsvScalar | undefined {
  switch (type.kind) {
    case "string":
      return (text) => text;
    case "boolean":
      return booleanOf;
    case "int":
      return (text) => {
        const value = wholeNumber(text);
        return typeof value === "number" && value >= -2_147_483_648 && value <= 2_147_483_647 ? value : undefined;
      };
    case "long":
      return wholeNumber;
    case "float":
    case "double":
      return doubles(type.kind === "float", options);
    case "decimal":
      return (text) => (/\s/.test(text) ? undefined : (tryDecimalFromText(text.replaceAll(",", ""), type.precision, type.scale) ?? undefined));
    case "date":
      return datetimeFormats(options, zone).date ?? ((text) => tryDateFromText(text) ?? undefined);
    case "timestamp":
      return datetimeFormats(options, zone).timestamp ?? ((text) => tryTimestampFromText(text, zone) ?? undefined);
    case "duration":
      return (text) => tryDurationFromText(text) ?? undefined;
    case "binary":
      return (text) => new TextEncoder().encode(text);
    default:
      return () => undefined;
  }
}

function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** java.lang.Long.parseLong: a sign and digits of any script, leading zeros too. */
function wholeNumber(written: string): number | bigint | undefined {
  const text = /^[+-]?[0-9]+$/.test(written) ? written : asciiDigits(written);
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value + 0;
  const exact = canonicalInteger(BigInt(text.startsWith("+") ? text.slice(1) : text));
  return fitsLong(exact) ? exact : undefined;
}

function doubles(single: boolean, { nanValue = "NaN", positiveInf = "Inf", negativeInf = "-Inf" }: CsvOptions): (text: string) => number | undefined {
  const special = new Map([[nanValue, NaN], [positiveInf, Infinity], [negativeInf, -Infinity]]);
  return (text) => {
    const named = special.get(text);
    if (named !== undefined) return named;
    // Double.parseDouble knows NaN and Infinity in this spelling only.
    const trimmed = text.trim();
    const value = /n/i.test(trimmed) && !/^[+-]?(?:NaN|Infinity)$/.test(trimmed) ? null : tryDoubleFromText(text);
    return value === null ? undefined : single ? Math.fround(value) : value;
  };
}
