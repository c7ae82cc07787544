import { RowError } from "../../errors/row-error.ts";
import { bytesFromText } from "../bytes-text.ts";
import { strictBytesFromBase64 } from "./base64.ts";

/** Spark's `unhex`: bytes from hexadecimal digits, the first byte of an odd number of them from one; null where another character is among them. */
export function bytesFromHex(text: string): Uint8Array | null {
  if (!/^[0-9A-Fa-f]*$/.test(text)) return null;
  const digits = text.length % 2 === 1 ? `0${text}` : text;
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/** The formats of `to_binary`, in lower case. */
export const binaryFormats: readonly string[] = ["hex", "utf-8", "utf8", "base64"];

/** Spark's `to_binary`: a text read in a format; a text that does not fit is a `RowError` (ToBinary). */
export function bytesFromFormat(text: string, format: string): Uint8Array {
  switch (format.toLowerCase()) {
    case "utf-8":
    case "utf8":
      return bytesFromText(text);
    case "base64":
      return strictBytesFromBase64(text);
    case "hex":
      return bytesFromHex(text) ?? invalidHex(text);
    default:
      throw new RowError("INVALID_PARAMETER_VALUE", `${JSON.stringify(format)} is none of the formats ${binaryFormats.join(", ")}`);
  }
}

/** `bytesFromFormat` that gives null where the text does not fit (`try_to_binary`). */
export function tryBytesFromFormat(text: string, format: string): Uint8Array | null {
  try {
    return bytesFromFormat(text, format);
  } catch (error) {
    if (error instanceof RowError) return null;
    throw error;
  }
}

function invalidHex(text: string): never {
  throw new RowError("CONVERSION_INVALID_INPUT", `${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)} is not hexadecimal`);
}
