const encoder = new TextEncoder();

/** Beyond this, the native encoder is faster than a loop over characters. */
const longText = 48;

/** A text in UTF-8. Keys and header values are mostly short and ASCII, for which the native encoder takes several times as long. */
export function textBytes(text: string): Uint8Array {
  const { length } = text;
  if (length > longText) return encoder.encode(text);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return encoder.encode(text);
    bytes[at] = unit;
  }
  return bytes;
}
