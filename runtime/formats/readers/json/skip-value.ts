import { deviates } from "./deviates.ts";
import { endOfNumber } from "./end-of-number.ts";
import { checkBoolean, checkNullableBoolean } from "./read-boolean.ts";
import { endOfRareText } from "./end-of-rare-text.ts";
import { checkText } from "./read-text.ts";
import { endOfPlainText } from "./scan-text.ts";
import { skipSpaces } from "./skip-spaces.ts";

/** Deeper values are left to the exact decoder, which has its own limit. */
const deepest = 64;

/** The place after any JSON value of any type: what stands in a column that the job does not need must still be JSON. */
export function skipValue(bytes: Uint8Array, view: DataView, at: number): number {
  return skipOther(bytes, view, at, 0);
}

/** `skipValue` where a string is likely. */
export function skipText(bytes: Uint8Array, view: DataView, at: number): number {
  if (bytes[at] !== 34) return skipOther(bytes, view, at, 0);
  const end = endOfPlainText(view, at + 1);
  return bytes[end] === 34 ? end + 1 : endOfRareText(bytes, view, end);
}

/** `skipValue` where a number is likely. */
export function skipNumber(bytes: Uint8Array, view: DataView, at: number): number {
  const first = at;
  while ((bytes[at]! - 48) >>> 0 <= 9) at++;
  // A number of one part ends here; zero leads no other digit.
  return at > first && bytes[at] === 44 && (bytes[first] !== 48 || at === first + 1) ? at : skipOther(bytes, view, first, 0);
}

function skipOther(bytes: Uint8Array, view: DataView, at: number, depth: number): number {
  switch (bytes[at]) {
    case 34:
      return checkText(bytes, view, at);
    case 116: case 102: // t f
      return checkBoolean(bytes, at);
    case 110: // n
      return checkNullableBoolean(bytes, at);
    case 123: // {
      return depth === deepest ? deviates : skipMembers(bytes, view, at, depth, 125);
    case 91: // [
      return depth === deepest ? deviates : skipMembers(bytes, view, at, depth, 93);
    default:
      return endOfNumber(bytes, at);
  }
}

/** Skips an object or array, by its closing byte. */
function skipMembers(bytes: Uint8Array, view: DataView, at: number, depth: number, close: number): number {
  at = skipSpaces(bytes, at + 1);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (close === 125) {
      if (bytes[at] !== 34) return deviates;
      at = checkText(bytes, view, at);
      if (at < 0) return deviates;
      at = skipSpaces(bytes, at);
      if (bytes[at] !== 58) return deviates;
      at = skipSpaces(bytes, at + 1);
    }
    at = skipOther(bytes, view, at, depth + 1);
    if (at < 0) return deviates;
    at = skipSpaces(bytes, at);
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== 44) return deviates;
    at = skipSpaces(bytes, at + 1);
  }
}
