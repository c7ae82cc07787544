import type { ValueType } from "../../formats/value-type.ts";
import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { valueType } from "../../formats/value-type.ts";

/** A hash of Spark's over the primitive values that it is made of; `seed` is the hash of what came before. */
export interface PrimitiveHash<H> {
  int(value: number, seed: H): H;
  long(value: number | bigint, seed: H): H;
  bytes(value: Uint8Array, seed: H): H;
}

const encoder = new TextEncoder();
const floats = new DataView(new ArrayBuffer(8));

/**
 * The hash of values of these types, one after the other, from a seed: nulls are passed over, arrays and records are the sequence
 * of what they hold, −0.0 is 0 (Spark's HashExpression, InterpretedHashFunction).
 */
export function valueHasher<H>(primitives: PrimitiveHash<H>, seed: H, descriptors: readonly TypeDescriptor[]): (...values: readonly unknown[]) => H {
  const types = descriptors.map(valueType);
  return (...values) => types.reduce((hash, type, at) => hashOf(values[at], type, hash, primitives), seed);
}

function hashOf<H>(value: unknown, type: ValueType, seed: H, primitives: PrimitiveHash<H>): H {
  if (value === null || value === undefined) return seed;
  switch (type.kind) {
    case "string":
      return primitives.bytes(encoder.encode(String(value)), seed);
    case "binary":
      return value instanceof Uint8Array ? primitives.bytes(value, seed) : seed;
    case "boolean":
      return primitives.int(value === true ? 1 : 0, seed);
    case "array":
      return Array.isArray(value) ? value.reduce((hash: H, item: unknown) => hashOf(item, type.element, hash, primitives), seed) : seed;
    case "record":
      return type.fields.reduce((hash, field) => hashOf(Reflect.get(Object(value), field.name), field.type, hash, primitives), seed);
    default:
      return typeof value === "number" || typeof value === "bigint" ? hashOfNumber(value, type, seed, primitives) : seed;
  }
}

function hashOfNumber<H>(value: number | bigint, type: ValueType, seed: H, primitives: PrimitiveHash<H>): H {
  switch (type.kind) {
    case "int":
    case "date":
      return primitives.int(Number(value), seed);
    case "float":
      floats.setFloat32(0, Number(value) + 0);
      return primitives.int(floats.getInt32(0), seed);
    case "double":
      floats.setFloat64(0, Number(value) + 0);
      return primitives.long(floats.getBigInt64(0), seed);
    case "decimal":
      return type.precision <= 18 ? primitives.long(value, seed) : primitives.bytes(twosComplement(BigInt(value)), seed);
    default:
      return primitives.long(value, seed);
  }
}

/** The fewest bytes in two's complement, the highest first (java.math.BigInteger.toByteArray). */
function twosComplement(value: bigint): Uint8Array {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  return Uint8Array.from({ length }, (_, at) => Number(BigInt.asUintN(8, value >> BigInt((length - 1 - at) * 8))));
}
