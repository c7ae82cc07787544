import { digestText, paddedMessage } from "./word-bytes.ts";

const shifts: readonly (readonly number[])[] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const sines = Int32Array.from({ length: 64 }, (_, at) => Math.floor(2 ** 32 * Math.abs(Math.sin(at + 1))));

/** The MD5 digest of bytes (RFC 1321) as 32 hexadecimal digits, Spark's `md5`. */
export function md5Text(message: Uint8Array): string {
  const view = paddedMessage(message, 64, true);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < view.byteLength; block += 64) addBlock(state, view, block);
  const swapped = new DataView(new ArrayBuffer(16));
  for (const [at, word] of state.entries()) swapped.setInt32(at * 4, word, true);
  return digestText([0, 4, 8, 12].map((at) => swapped.getUint32(at)), 16);
}

function addBlock(state: Int32Array, view: DataView, block: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let at = 0; at < 64; at++) {
    const round = at >> 4;
    const [mixed, word] = mix(round, at, b, c, d);
    const sum = (a + mixed + (sines[at] ?? 0) + view.getInt32(block + word * 4, true)) | 0;
    const shift = shifts[round]?.[at & 3] ?? 0;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  state.set([a, b, c, d].map((word, at) => (word + (state[at] ?? 0)) | 0));
}

/** The round's function of three words, and which word of the block it adds. */
function mix(round: number, at: number, b: number, c: number, d: number): readonly [mixed: number, word: number] {
  switch (round) {
    case 0:
      return [(b & c) | (~b & d), at];
    case 1:
      return [(d & b) | (~d & c), (5 * at + 1) & 15];
    case 2:
      return [b ^ c ^ d, (3 * at + 5) & 15];
    default:
      return [c ^ (b | ~d), (7 * at) & 15];
  }
}
