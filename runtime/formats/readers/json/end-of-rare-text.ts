import { chunkIsUtf8 } from "../chunk-encoding.ts";
import { deviates } from "./deviates.ts";
import { endOfAnyText } from "./scan-text.ts";

/**
 * The place after the closing quote of a string that is plain up to `at` only: escapes and characters beyond ASCII may follow. Control
 * characters and unknown escapes deviate, and so does all text beyond ASCII in a chunk that has invalid UTF-8 somewhere.
 */
export function endOfRareText(bytes: Uint8Array, view: DataView, at: number): number {
  for (;;) {
    const byte = bytes[at]!;
    if (byte === 34) return at + 1;
    if (byte === 92) {
      at = endOfEscape(bytes, at);
      if (at < 0) return deviates;
    } else if (byte < 128 || !chunkIsUtf8()) {
      return deviates;
    }
    at = endOfAnyText(view, at);
  }
}

function endOfEscape(bytes: Uint8Array, at: number): number {
  switch (bytes[at + 1]) {
    case 34: case 47: case 92: case 98: case 102: case 110: case 114: case 116: // " / \ b f n r t
      return at + 2;
    case 117: // u
      for (let n = at + 2; n < at + 6; n++) if (!isHexDigit(bytes[n]!)) return deviates;
      return at + 6;
    default:
      return deviates;
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}
