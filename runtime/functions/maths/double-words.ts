// A double as its two 32-bit words, which the algorithms of fdlibm work on.

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** Where the word with the sign and the exponent stands on this machine. */
const top = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** The upper word: sign, exponent and the first 20 bits of the mantissa. */
export function highWord(value: number): number {
  double[0] = value;
  return words[top] ?? 0;
}

/** The lower word. */
export function lowWord(value: number): number {
  double[0] = value;
  return words[1 - top] ?? 0;
}

/** The double of two words. */
export function fromWords(high: number, low: number): number {
  words[top] = high;
  words[1 - top] = low;
  return double[0] ?? 0;
}

/** The value with the lower word cleared: its first 21 bits. */
export function topHalf(value: number): number {
  return fromWords(highWord(value), 0);
}
