import { tryTextFromBytes } from "../bytes-text.ts";

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Spark's `is_valid_utf8`, asked of bytes; a text always is. */
export function isValidUtf8(value: Uint8Array | string): boolean {
  return typeof value === "string" || tryTextFromBytes(value) !== null;
}

/** Spark's `make_valid_utf8` of bytes: what is not UTF-8 becomes U+FFFD. */
export function validTextFromBytes(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}
