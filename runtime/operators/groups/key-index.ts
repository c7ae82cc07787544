import type { TypeDescriptor } from "../../formats/type-descriptor.ts";
import { valueType } from "../../formats/value-type.ts";
import { AnyKeyIndex } from "./any-key-index.ts";
import { NumberKeyIndex } from "./number-key-index.ts";
import { TextKeyIndex } from "./text-key-index.ts";

/** Numbers the distinct values of one key column from 0 on, in the order in which they were first seen; null is a value too. */
export interface KeyIndex {
  /** The number of a value, a new one if it was not seen. */
  id(value: unknown): number;
  /** The value of a number, as it was first given (−0 as 0). */
  value(id: number): unknown;
  readonly size: number;
  clear(): void;
}

/** The index for a column of a type. */
export function keyIndex(descriptor: TypeDescriptor): KeyIndex {
  const type = valueType(descriptor);
  switch (type.kind) {
    case "string":
      return new TextKeyIndex();
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
    case "date":
    case "timestamp":
    case "duration":
      return new NumberKeyIndex();
    default:
      return new AnyKeyIndex(type);
  }
}
