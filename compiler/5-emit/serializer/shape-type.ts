import { propertyName } from "../../code/build.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** The TypeScript type of what `jsonShape` makes of a value of this type. */
export function shapeType(type: DataType, nullable: boolean): string {
  return nullable && type.kind !== "null" ? `${bareShape(type)} | null` : bareShape(type);
}

function bareShape(type: DataType): string {
  switch (type.kind) {
    case "boolean":
      return "boolean";
    case "null":
      return "number | null";
    case "int":
      return "number";
    case "long":
      return "number | bigint";
    case "float":
    case "double":
    case "decimal":
    case "string":
    case "binary":
    case "timestamp":
    case "date":
    case "duration":
    case "map":
      return "string";
    case "array":
      return `readonly ${grouped(shapeType(type.element, type.elementNullable))}[]`;
    case "record":
      return type.fields.length === 0 ? "object" : `{ ${type.fields.map((field) => `readonly ${propertyName(field.name)}: ${shapeType(field.type, field.nullable)}`).join("; ")} }`;
    default:
      return internalError("E9008", `a column of type ${type.kind} reached the serializer`);
  }
}

function grouped(text: string): string {
  return /^readonly | \| /.test(text) ? `(${text})` : text;
}
