import type { DataType, RecordType } from "../../ir/types/data-type.ts";
import { arrayType, binaryType, booleanType, doubleType, longType, mapType, recordType, stringType, timestampType } from "../../ir/types/data-type.ts";
import type { RecordShape, Shape } from "../../ir/types/shape.ts";

/** Whether a value of a shape may be missing, as a column sees it. */
export function mayBeNull(shape: Shape): boolean {
  return shape.nullable || shape.optional;
}

/** The type of a column that is made of values of a shape: what a function's result becomes. */
export function dataTypeOf(shape: Shape): DataType {
  switch (shape.kind) {
    case "string":
      return stringType;
    case "boolean":
      return booleanType;
    case "number":
      return doubleType;
    case "bigint":
      return longType;
    case "Date":
      return timestampType;
    case "Uint8Array":
      return binaryType;
    case "array":
      return arrayType(dataTypeOf(shape.element), mayBeNull(shape.element));
    case "map":
      return mapType(stringType, dataTypeOf(shape.value), mayBeNull(shape.value));
    case "record":
      return recordTypeOf(shape);
  }
}

/** The record type of a shape with fields: the schema of rows that a function gives. */
export function recordTypeOf(shape: RecordShape): RecordType {
  return recordType(shape.fields.map((field) => ({ name: field.name, type: dataTypeOf(field.shape), nullable: mayBeNull(field.shape) })));
}
