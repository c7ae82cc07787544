import { RowError } from "../../errors/row-error.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Spark's `url_encode`: `application/x-www-form-urlencoded` in UTF-8 (java.net.URLEncoder). */
export function urlEncode(text: string): string {
  return text.replace(/[^A-Za-z0-9.\-*_]+/g, (odd) => {
    let out = "";
    for (const byte of encoder.encode(odd)) out += byte === 0x20 ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    return out;
  });
}

/** Spark's `url_decode`: the reverse; a `%` that two hexadecimal digits do not follow is a `RowError` (java.net.URLDecoder). */
export function urlDecode(text: string): string {
  return tryUrlDecode(text) ?? cannotDecode(text);
}

/** `urlDecode` that gives null where the text cannot be decoded (`try_url_decode`). */
export function tryUrlDecode(text: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  return text.replaceAll("+", " ").replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => decoder.decode(Uint8Array.from(escapes.slice(1).split("%"), (digits) => Number.parseInt(digits, 16))));
}

function cannotDecode(text: string): never {
  throw new RowError("CANNOT_DECODE_URL", `${JSON.stringify(text)} has a % that no two hexadecimal digits follow`);
}
