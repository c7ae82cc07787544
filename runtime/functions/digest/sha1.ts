import { digestText, paddedMessage } from "./word-bytes.ts";

const constants: readonly number[] = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

/** The SHA-1 digest of bytes (FIPS 180-4) as 40 hexadecimal digits, Spark's `sha1`. */
export function sha1Text(message: Uint8Array): string {
  const view = paddedMessage(message, 64, false);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 80; at++) words[at] = at < 16 ? view.getInt32(block + at * 4) : rotate(wordAt(words, at - 3) ^ wordAt(words, at - 8) ^ wordAt(words, at - 14) ^ wordAt(words, at - 16), 1);
    addBlock(state, words);
  }
  return digestText(state, 20);
}

function addBlock(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let at = 0; at < 80; at++) {
    const round = Math.floor(at / 20);
    const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
    const next = (rotate(a, 5) + mixed + e + (constants[round] ?? 0) + wordAt(words, at)) | 0;
    [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
  }
  state.set([a, b, c, d, e].map((word, at) => (word + wordAt(state, at)) | 0));
}

function wordAt(words: Int32Array, at: number): number {
  return words[at] ?? 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
