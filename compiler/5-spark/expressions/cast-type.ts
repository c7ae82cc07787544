import type { DataType } from "../../ir/types/data-type.ts";
import { type Py, pyText } from "../python/py.ts";
import { sparkTypeOf } from "./type-of.ts";

const names = {
  boolean: "boolean", int: "int", long: "bigint", float: "float", double: "double", string: "string", binary: "binary", date: "date", timestamp: "timestamp",
  duration: "interval day to second", null: "void",
} as const;

/**
 * The type that a cast names: as text where no name of the user's is in it (`"decimal(10,2)"`, `"array<int>"`), else built of pyspark's types. Everything inside
 * may be null: Spark refuses casts that would promise more than it knows, and what is null in a value does not depend on what its type says.
 */
export function castTypeOf(type: DataType): Py {
  const text = plainTypeText(type);
  return text === undefined ? sparkTypeOf(nullableInside(type)) : pyText(text);
}

/** Spark's text of a type that holds no record; undefined of any other. */
export function plainTypeText(type: DataType): string | undefined {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array": {
      const element = plainTypeText(type.element);
      return element === undefined ? undefined : `array<${element}>`;
    }
    case "map": {
      const [key, value] = [plainTypeText(type.key), plainTypeText(type.value)];
      return key === undefined || value === undefined ? undefined : `map<${key},${value}>`;
    }
    case "record":
      return undefined;
    case "error":
      throw new TypeError("no type of Spark stands for an error");
    default:
      return names[type.kind];
  }
}

/** The type with everything inside nullable. */
export function nullableInside(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return { ...type, element: nullableInside(type.element), elementNullable: true };
    case "map":
      return { ...type, key: nullableInside(type.key), value: nullableInside(type.value), valueNullable: true };
    case "record":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: nullableInside(field.type), nullable: true })) };
    default:
      return type;
  }
}
