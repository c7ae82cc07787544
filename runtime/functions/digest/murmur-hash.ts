import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { type PrimitiveHash, valueHasher } from "./value-hasher.ts";

/** Spark's `hash`: Murmur3 of 32 bits with the seed 42 over values of these types (Murmur3Hash). */
export function murmurHash(...descriptors: readonly TypeDescriptor[]): (...values: readonly unknown[]) => number {
  return valueHasher(murmur, 42, descriptors);
}

const murmur: PrimitiveHash<number> = {
  int: (value, seed) => finished(mixed(seed, value), 4),
  long(value, seed) {
    const bits = BigInt(value);
    return finished(mixed(mixed(seed, Number(BigInt.asIntN(32, bits))), Number(BigInt.asIntN(32, bits >> 32n))), 8);
  },
  /** Bytes behind the last whole word are each mixed as a word, unlike in the usual Murmur3 (Murmur3_x86_32.hashUnsafeBytes). */
  bytes(value, seed) {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const whole = value.length - (value.length % 4);
    let hash = seed;
    for (let at = 0; at < whole; at += 4) hash = mixed(hash, view.getInt32(at, true));
    for (let at = whole; at < value.length; at++) hash = mixed(hash, view.getInt8(at));
    return finished(hash, value.length);
  },
};

function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
}

function finished(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
