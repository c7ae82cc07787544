import { deviates } from "../json/deviates.ts";

const quote = 34;
const backslash = 92;

/**
 * The place of the separator or line end behind the unquoted field at `at`; reads up to 3 bytes beyond it. Four bytes at a time:
 * subtracting n sets the high bit of the lowest byte that is less than n, here of line ends and of what equals the separator.
 */
export function endOfPlainField(bytes: Uint8Array, view: DataView, at: number, separator: number): number {
  const pattern = separator * 0x01010101;
  for (;;) {
    const word = view.getInt32(at, true);
    const other = word ^ pattern;
    const stop = (((other - 0x01010101) & ~other) | ((word - 0x0e0e0e0e) & ~word)) & 0x80808080;
    if (stop === 0) {
      at += 4;
      continue;
    }
    at += (31 - Math.clz32(stop & -stop)) >> 3;
    const byte = bytes[at];
    if (byte === separator || byte === 10 || byte === 13) return at;
    at++;
  }
}

/**
 * The place of the closing quote of the quoted field whose text starts at `at`, if its text is as it stands there, on one line: a
 * backslash, a doubled quote or a line end deviates.
 */
export function endOfQuotedField(bytes: Uint8Array, at: number): number {
  for (;;) {
    const byte = bytes[at]!;
    if (byte === quote) return bytes[at + 1] === quote ? deviates : at;
    if (byte === 10 || byte === 13 || byte === backslash) return deviates;
    at++;
  }
}

/** The place behind a field of any kind. */
export function skipCsvField(bytes: Uint8Array, view: DataView, at: number, separator: number): number {
  if (bytes[at] !== quote) return endOfPlainField(bytes, view, at, separator);
  const end = endOfQuotedField(bytes, at + 1);
  return end < 0 ? deviates : end + 1;
}
