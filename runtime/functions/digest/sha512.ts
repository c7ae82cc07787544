import { roundConstants, startConstants } from "./sha2-constants.ts";
import { paddedMessage } from "./word-bytes.ts";

/** The SHA-512 or SHA-384 digest of bytes (FIPS 180-4) as hexadecimal digits. */
export function sha512Text(message: Uint8Array, bits: 384 | 512): string {
  const view = paddedMessage(message, 128, false);
  let state: readonly bigint[] = bits === 512 ? startConstants.slice(0, 8) : startConstants.slice(8);
  for (let block = 0; block < view.byteLength; block += 128) {
    const words: bigint[] = [];
    for (let at = 0; at < 80; at++) words.push(at < 16 ? view.getBigUint64(block + at * 8) : expanded(words, at));
    state = withBlock(state, words);
  }
  return state.map((word) => word.toString(16).padStart(16, "0")).join("").slice(0, bits / 4);
}

function expanded(words: readonly bigint[], at: number): bigint {
  const early = wordAt(words, at - 15);
  const late = wordAt(words, at - 2);
  const mixed = (rotate(early, 1n) ^ rotate(early, 8n) ^ (early >> 7n)) + (rotate(late, 19n) ^ rotate(late, 61n) ^ (late >> 6n));
  return BigInt.asUintN(64, wordAt(words, at - 16) + wordAt(words, at - 7) + mixed);
}

function withBlock(state: readonly bigint[], words: readonly bigint[]): readonly bigint[] {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (let at = 0; at < 80; at++) {
    const first = h + (rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)) + ((e & f) ^ (BigInt.asUintN(64, ~e) & g)) + wordAt(roundConstants, at) + wordAt(words, at);
    const second = (rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, BigInt.asUintN(64, d + first), c, b, a, BigInt.asUintN(64, first + second)];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => BigInt.asUintN(64, word + wordAt(state, at)));
}

function wordAt(words: readonly bigint[], at: number): bigint {
  return words[at] ?? 0n;
}

/** To the right. */
function rotate(word: bigint, bits: bigint): bigint {
  return (word >> bits) | BigInt.asUintN(64, word << (64n - bits));
}
