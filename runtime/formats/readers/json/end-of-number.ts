import { deviates } from "./deviates.ts";

/** The place after the number, in JSON's grammar, that starts at `at`. */
export function endOfNumber(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 45) at++;
  const first = at;
  at = endOfDigits(bytes, at);
  if (at === first || (at - first > 1 && bytes[first] === 48)) return deviates;
  if (bytes[at] === 46) {
    const fraction = at + 1;
    at = endOfDigits(bytes, fraction);
    if (at === fraction) return deviates;
  }
  if (bytes[at] === 69 || bytes[at] === 101) {
    at++;
    if (bytes[at] === 43 || bytes[at] === 45) at++;
    const exponent = at;
    at = endOfDigits(bytes, at);
    if (at === exponent) return deviates;
  }
  return at;
}

function endOfDigits(bytes: Uint8Array, at: number): number {
  while (bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  return at;
}
