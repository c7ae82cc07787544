import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueType, type ValueType } from "../formats/value-type.ts";
import type { SinkColumn } from "./sink.ts";

/** The type of a sink's column; that of a record, an array or a map is told by its shape, which the compiler gives to the formats that need it. */
export function columnType({ type, nullable, shape }: SinkColumn): ValueType {
  if (shape !== undefined) return valueType(shape);
  // A scalar's name is its descriptor; any other text throws there.
  return valueType(`${type}${nullable ? "?" : ""}` as TypeDescriptor);
}
