import { isPairAt } from "../code-points.ts";

/** Spark's `ascii`: the code point of the first character; 0 for the empty text. */
export function firstCodePoint(text: string): number {
  return text.codePointAt(0) ?? 0;
}

/** Spark's `chr`: the character of the lowest eight bits; empty for negative numbers (Chr). */
export function characterOf(code: number | bigint): string {
  return code < 0 ? "" : String.fromCharCode(Number(BigInt.asUintN(8, BigInt(code))));
}

/** The number of bytes of a text in UTF-8 (Spark's `octet_length`). */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isPairAt(text, at)) {
      bytes += 4;
      at++;
    } else bytes += 3;
  }
  return bytes;
}
