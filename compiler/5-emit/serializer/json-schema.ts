import { internalError } from "../../diagnostics/internal-error.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** The part of JSON Schema that serializers are made from. */
export interface JsonSchema {
  readonly type: "boolean" | "integer" | "number" | "string" | "object" | "array";
  readonly nullable?: true;
  /** A text that needs no escapes. */
  readonly format?: "unsafe";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

/**
 * The schema of a type in the shape that `jsonShape` gives: a float, double, decimal or map is a `number` whose text is made already, a
 * timestamp, date, duration or binary a text of harmless characters. Nulls are `nullable: true`: with a list of types the
 * library would print 0 for a null number.
 */
export function jsonSchema(type: DataType, nullable: boolean): JsonSchema {
  return nullable ? { ...bareSchema(type), nullable: true } : bareSchema(type);
}

function bareSchema(type: DataType): JsonSchema {
  switch (type.kind) {
    case "boolean":
      return { type: "boolean" };
    case "int":
    case "long":
      return { type: "integer" };
    case "float":
    case "double":
    case "decimal":
    case "map":
      return { type: "number" };
    case "string":
      return { type: "string" };
    case "binary":
    case "timestamp":
    case "date":
    case "duration":
      return { type: "string", format: "unsafe" };
    case "null":
      return { type: "integer", nullable: true };
    case "array":
      return { type: "array", items: jsonSchema(type.element, type.elementNullable) };
    case "record": {
      // Any text may name a field, `__proto__` too: entries keep it an own property.
      const properties = Object.fromEntries(type.fields.map((field) => [field.name, jsonSchema(field.type, field.nullable)]));
      return { type: "object", properties, required: type.fields.map((field) => field.name) };
    }
    default:
      return internalError("E9008", `a column of type ${type.kind} reached the serializer`);
  }
}
