import { arrayType, mapType, recordType, type DataType } from "../../ir/types/data-type.ts";

/** The same type where every field and element at any depth may be null, as `from_json` gives it. */
export function nullableThroughout(type: DataType): DataType {
  switch (type.kind) {
    case "record":
      return recordType(type.fields.map((field) => ({ name: field.name, type: nullableThroughout(field.type), nullable: true })));
    case "array":
      return arrayType(nullableThroughout(type.element), true);
    case "map":
      return mapType(type.key, nullableThroughout(type.value), true);
    default:
      return type;
  }
}
