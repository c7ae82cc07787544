const upperCase = /\p{Lu}/u;
const lowerCase = /\p{Ll}/u;
const digit = /\p{Nd}/u;

/**
 * Spark's `mask`: capitals, small letters, digits and all other UTF-16 units each replaced by a character; a null for one of them
 * keeps what is there.
 */
export function maskText(text: string, upper: string | null, lower: string | null, number: string | null, other: string | null): string;
export function maskText(text: string | null, upper: string | null, lower: string | null, number: string | null, other: string | null): string | null;
export function maskText(text: string | null, upper: string | null, lower: string | null, number: string | null, other: string | null): string | null {
  if (text === null) return null;
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    out += (upperCase.test(unit) ? upper : lowerCase.test(unit) ? lower : digit.test(unit) ? number : other) ?? unit;
  }
  return out;
}

/** Spark's `luhn_check`: whether a text of digits passes the Luhn algorithm (ExpressionImplUtils.isLuhnNumber). */
export function passesLuhn(text: string): boolean {
  if (!/^[0-9]+$/.test(text)) return false;
  let sum = 0;
  for (let at = text.length - 1, second = false; at >= 0; at--, second = !second) {
    const value = (text.charCodeAt(at) - 48) * (second ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
