import { roundConstants, startConstants } from "./sha2-constants.ts";
import { digestText, paddedMessage } from "./word-bytes.ts";

const constants = Int32Array.from(roundConstants.slice(0, 64), (value) => Number(value >> 32n));
const start256 = startConstants.slice(0, 8).map((value) => Number(value >> 32n));
const start224 = startConstants.slice(8).map((value) => Number(BigInt.asUintN(32, value)));

/** The SHA-256 or SHA-224 digest of bytes (FIPS 180-4) as hexadecimal digits. */
export function sha256Text(message: Uint8Array, bits: 224 | 256): string {
  const view = paddedMessage(message, 64, false);
  const state = Int32Array.from(bits === 256 ? start256 : start224);
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 64; at++) words[at] = at < 16 ? view.getInt32(block + at * 4) : expanded(words, at);
    addBlock(state, words);
  }
  return digestText(state, bits / 8);
}

function expanded(words: Int32Array, at: number): number {
  const early = wordAt(words, at - 15);
  const late = wordAt(words, at - 2);
  const mixed = (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)) + (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10));
  return (wordAt(words, at - 16) + wordAt(words, at - 7) + mixed) | 0;
}

function addBlock(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + wordAt(constants, at) + wordAt(words, at)) | 0;
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  state.set([a, b, c, d, e, f, g, h].map((word, at) => (word + wordAt(state, at)) | 0));
}

function wordAt(words: Int32Array, at: number): number {
  return words[at] ?? 0;
}

/** To the right. */
function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
