import { RowError } from "../../errors/row-error.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values: ReadonlyMap<string, number> = new Map([...alphabet].map((character, value) => [character, value]));

/** Spark's `base64` (RFC 4648 with padding), in one line. */
export function base64Text(bytes: Uint8Array): string {
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    out += alphabet.charAt(bits >> 18) + alphabet.charAt((bits >> 12) & 63) + (rest > 1 ? alphabet.charAt((bits >> 6) & 63) : "=") + (rest > 2 ? alphabet.charAt(bits & 63) : "=");
  }
  return out;
}

/**
 * Spark's `unbase64`: characters outside the alphabet are passed over, padding may be left out; a text that ends within a byte, or
 * whose padding stands elsewhere, is a `RowError` (java.util.Base64's MIME decoder).
 */
export function bytesFromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "=") {
      if (held === 0 || (held === 2 && text.charAt(at + 1) !== "=")) throw invalidBase64(text);
      if ([...text.slice(at)].some((rest) => values.has(rest))) throw invalidBase64(text);
      break;
    }
    const value = values.get(character);
    if (value === undefined) continue;
    bits = (bits << 6) | value;
    held++;
    if (held === 4) {
      bytes.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
      bits = 0;
      held = 0;
    }
  }
  if (held === 1) throw invalidBase64(text);
  if (held === 2) bytes.push((bits >> 4) & 255);
  if (held === 3) bytes.push((bits >> 10) & 255, (bits >> 2) & 255);
  return Uint8Array.from(bytes);
}

/** `bytesFromBase64` that takes nothing but the alphabet, white space and whole padding (Spark's UnBase64.isValidBase64). */
export function strictBytesFromBase64(text: string): Uint8Array {
  const dense = text.replace(/\s+/g, "");
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(dense);
  const [digits = "", padding = ""] = match?.slice(1) ?? [];
  const isWhole = padding === "" ? digits.length % 4 !== 1 : dense.length % 4 === 0;
  if (match === null || !isWhole) throw invalidBase64(text);
  return bytesFromBase64(dense);
}

function invalidBase64(text: string): RowError {
  return new RowError("CONVERSION_INVALID_INPUT", `${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)} is not base64`);
}
