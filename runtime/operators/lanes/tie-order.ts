import type { ValueType } from "../../formats/value-type.ts";
import { divideHalfUp, type ExactInteger, powerOfTen, remainderExact } from "../../functions/exact-integer.ts";
import { murmurHash } from "../../functions/digest/murmur-hash.ts";
import { murmur3 } from "../../state/murmur3.ts";

/** Puts values, given in the order in which they came, into the order in which ties are decided: the first wins. */
export type TieOrder = (values: readonly unknown[]) => readonly unknown[];

/**
 * The order in which Spark's OpenHashMap holds the keys of a type, by which its `mode` decides. Bytes, records, arrays and maps,
 * whose places there are not the same in every run, stay in the order in which they came.
 */
export function tieOrderOf(type: ValueType): TieOrder {
  const hash = javaHash(type);
  return hash === undefined ? (values) => values : (values) => tableOf(values, hash);
}

/** A table of a power of two of places, at most 70 % full, with quadratic probing; doubled, it is filled again by place. */
function tableOf(values: readonly unknown[], hash: (value: unknown) => number): readonly unknown[] {
  let places = new Array<unknown>(64).fill(undefined);
  let size = 0;
  for (const value of values) {
    put(value, places, hash);
    if (++size <= Math.trunc(0.7 * places.length)) continue;
    const larger = new Array<unknown>(2 * places.length).fill(undefined);
    for (const kept of places) if (kept !== undefined) put(kept, larger, hash);
    places = larger;
  }
  return places.filter((value) => value !== undefined);
}

function put(value: unknown, places: unknown[], hash: (value: unknown) => number): void {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setInt32(0, hash(value), true);
  let at = murmur3(four, 0) & (places.length - 1);
  for (let step = 1; places[at] !== undefined; step++) at = (at + step) & (places.length - 1);
  places[at] = value;
}

/** What Java's `hashCode` gives for Spark's value of the type, 32 bits. */
function javaHash(type: ValueType): ((value: unknown) => number) | undefined {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === true ? 1231 : 1237);
    case "int":
    case "date":
      return Number;
    case "long":
    case "timestamp":
    case "duration":
      return (value) => hashLong(BigInt.asIntN(64, BigInt(value as ExactInteger)));
    case "float":
      return (value) => hashFloat(Number(value));
    case "double":
      return (value) => hashDouble(Number(value));
    case "decimal":
      return (value) => hashDecimal(value as ExactInteger, type.scale);
    case "string":
      return murmurHash("string");
    default:
      return undefined;
  }
}

function hashLong(value: bigint): number {
  return Number(BigInt.asIntN(32, value ^ (BigInt.asUintN(64, value) >> 32n)));
}

function hashFloat(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}

function hashDouble(value: number): number {
  const [low, high] = new Int32Array(Float64Array.of(value).buffer);
  return low! ^ high!;
}

/** scala.math.BigDecimal: whole ones as their integer, others by their double. */
function hashDecimal(value: ExactInteger, scale: number): number {
  const unit = powerOfTen(scale);
  if (remainderExact(value, unit) === 0) return hashInteger(BigInt(divideHalfUp(value, unit)));
  const double = Number(value) / Number(unit);
  return Math.fround(double) === double ? hashFloat(double) : hashDouble(double);
}

/** scala.math.BigInt: as an int or long where it is one, else by its 32-bit words. */
function hashInteger(value: bigint): number {
  if (BigInt.asIntN(32, value) === value) return Number(value);
  if (BigInt.asIntN(64, value) === value) return hashLong(value);
  let hash = 0;
  const size = value < 0n ? -value : value;
  for (let shift = BigInt(Math.ceil(size.toString(16).length / 8) * 32 - 32); shift >= 0n; shift -= 32n) hash = (Math.imul(31, hash) + Number((size >> shift) & 0xffffffffn)) | 0;
  return value < 0n ? -hash : hash;
}
