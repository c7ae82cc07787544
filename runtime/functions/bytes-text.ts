import { castInvalid } from "./cast-failure.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes as the string whose UTF-8 they are; null where they are not UTF-8. */
export function tryTextFromBytes(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

export function textFromBytes(bytes: Uint8Array): string {
  return tryTextFromBytes(bytes) ?? castInvalid("invalid UTF-8", "string");
}

/** The UTF-8 bytes of a string. */
export function bytesFromText(text: string): Uint8Array {
  return encoder.encode(text);
}
