/**
 * Looks from `at` for the first byte that is not a plain character of a JSON text: a quote, a backslash, a control character (so it
 * stops at the line's end at the latest), or a byte of a character beyond ASCII. Reads up to 7 bytes beyond that place.
 *
 * Four bytes at a time: subtracting n sets the high bit of the lowest byte that is less than n. A quote (0x22), once its second bit is
 * flipped, is below 0x21 as the control characters are, and no other character comes to be.
 */
export function endOfPlainText(view: DataView, at: number): number {
  for (;;) {
    const a = view.getInt32(at, true);
    const stopA = (((a ^ 0x02020202) - 0x21212121) | ((a ^ 0x5c5c5c5c) - 0x01010101) | a) & 0x80808080;
    if (stopA !== 0) return at + ((31 - Math.clz32(stopA & -stopA)) >> 3);
    const b = view.getInt32(at + 4, true);
    const stopB = (((b ^ 0x02020202) - 0x21212121) | ((b ^ 0x5c5c5c5c) - 0x01010101) | b) & 0x80808080;
    if (stopB !== 0) return at + 4 + ((31 - Math.clz32(stopB & -stopB)) >> 3);
    at += 8;
  }
}

/** `endOfPlainText` that passes over characters beyond ASCII; whether they are valid UTF-8 is for the caller to ask. */
export function endOfAnyText(view: DataView, at: number): number {
  for (;;) {
    const a = view.getInt32(at, true);
    const stop = (((a ^ 0x02020202) - 0x21212121) | ((a ^ 0x5c5c5c5c) - 0x01010101)) & ~a & 0x80808080;
    if (stop !== 0) return at + ((31 - Math.clz32(stop & -stop)) >> 3);
    at += 4;
  }
}
