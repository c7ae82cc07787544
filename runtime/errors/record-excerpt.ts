/** Bytes of a record that an error shows, as text and as hexadecimal digits. */
const textBytes = 120;
const hexBytes = 40;

/** The beginning of a record, made printable: a text in quotes, one with a few bytes that are none with � in their places, and what is no text as `bytes 00 00 0a…`. */
export function recordExcerpt(raw: Uint8Array): string {
  // What is cut off in the middle of a character is none of the text.
  const text = new TextDecoder().decode(raw.subarray(0, textBytes), { stream: true });
  const strange = text.match(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/g)?.length ?? 0;
  if (strange * 8 <= text.length) return JSON.stringify(raw.length > textBytes ? `${text}…` : text);
  const digits = Buffer.from(raw.subarray(0, hexBytes)).toString("hex").replace(/..(?=.)/g, "$& ");
  return `bytes ${digits}${raw.length > hexBytes ? "…" : ""}`;
}
