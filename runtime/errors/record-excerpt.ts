import { isUtf8 } from "node:buffer";

/** Bytes of a record that an error shows, as text and as hexadecimal digits. */
const textBytes = 120;
const hexBytes = 40;

/** The beginning of a record, made printable: a text in quotes, and what is none as `bytes 00 00 0a…`. */
export function recordExcerpt(raw: Uint8Array): string {
  const shown = raw.subarray(0, textBytes);
  // What is cut off in the middle of a character is none of the text.
  const text = isUtf8(raw) ? new TextDecoder().decode(shown, { stream: true }) : undefined;
  if (text !== undefined && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) return JSON.stringify(raw.length > textBytes ? `${text}…` : text);
  const digits = Buffer.from(raw.subarray(0, hexBytes)).toString("hex").replace(/..(?=.)/g, "$& ");
  return `bytes ${digits}${raw.length > hexBytes ? "…" : ""}`;
}
