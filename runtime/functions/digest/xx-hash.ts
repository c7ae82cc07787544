import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { canonicalInteger, type ExactInteger } from "../exact-integer.ts";
import { type PrimitiveHash, valueHasher } from "./value-hasher.ts";

/** Spark's `xxhash64`: xxHash of 64 bits with the seed 42 over values of these types (XxHash64). */
export function xxHash(...descriptors: readonly TypeDescriptor[]): (...values: readonly unknown[]) => ExactInteger {
  const hasher = valueHasher(xx, 42n, descriptors);
  return (...values) => canonicalInteger(BigInt.asIntN(64, hasher(...values)));
}

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

/** Hashes are held as unsigned 64-bit integers. */
const xx: PrimitiveHash<bigint> = {
  int: (value, seed) => finished(withInt(word(seed + prime5 + 4n), BigInt(value >>> 0))),
  long: (value, seed) => finished(withLong(word(seed + prime5 + 8n), BigInt.asUintN(64, BigInt(value)))),
  bytes(value, seed) {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const striped = value.length - (value.length % 32);
    let hash = word((striped > 0 ? stripes(view, striped, seed) : seed + prime5) + BigInt(value.length));
    let at = striped;
    for (; at + 8 <= value.length; at += 8) hash = withLong(hash, view.getBigUint64(at, true));
    if (at + 4 <= value.length) {
      hash = withInt(hash, BigInt(view.getUint32(at, true)));
      at += 4;
    }
    for (; at < value.length; at++) hash = word(rotate(hash ^ word(BigInt(view.getUint8(at)) * prime5), 11n) * prime1);
    return finished(hash);
  },
};

/** Four sums side by side over stripes of 32 bytes, merged. */
function stripes(view: DataView, length: number, seed: bigint): bigint {
  let sums = [seed + prime1 + prime2, seed + prime2, seed, seed - prime1].map(word);
  for (let at = 0; at < length; at += 32) sums = sums.map((sum, lane) => round(sum, view.getBigUint64(at + lane * 8, true)));
  const [a = 0n, b = 0n, c = 0n, d = 0n] = sums;
  const merged = word(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
  return sums.reduce((hash, sum) => word((hash ^ round(0n, sum)) * prime1 + prime4), merged);
}

function round(sum: bigint, value: bigint): bigint {
  return word(rotate(word(sum + value * prime2), 31n) * prime1);
}

function withLong(hash: bigint, value: bigint): bigint {
  return word(rotate(hash ^ round(0n, value), 27n) * prime1 + prime4);
}

function withInt(hash: bigint, value: bigint): bigint {
  return word(rotate(hash ^ word(value * prime1), 23n) * prime2 + prime3);
}

function finished(hash: bigint): bigint {
  let h = hash;
  h = word((h ^ (h >> 33n)) * prime2);
  h = word((h ^ (h >> 29n)) * prime3);
  return h ^ (h >> 32n);
}

function rotate(value: bigint, bits: bigint): bigint {
  return word(value << bits) | (value >> (64n - bits));
}

function word(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
