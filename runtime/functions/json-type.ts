import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import { valueType, type ValueType } from "../formats/value-type.ts";

/** The type of a JSON text's value, read once for the module; `T` is its type in TypeScript. */
export interface JsonType<T> {
  readonly type: ValueType;
  /** Never set: it only ties `T` to the value. */
  readonly of?: T;
}

/** Reads a descriptor for `fromJson` and `toJson`. */
export function jsonType<const D extends TypeDescriptor>(descriptor: D): JsonType<ValueOf<D>> {
  return { type: valueType(descriptor) };
}
