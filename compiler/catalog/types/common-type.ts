import {
  arrayType, type DataType, doubleType, type Field, longType, mapType, recordType, sameType, timestampType,
} from "../../ir/types/data-type.ts";
import { decimalFor, widerDecimal } from "./decimal-types.ts";

/**
 * The one type that several values are converted to in `case coalesce in = union [a, b]`, after Spark's ANSI coercion
 * (AnsiTypeCoercion.findWiderCommonType); undefined where there is none. The type of a bare null gives way to any other.
 * Strings are taken first, as Spark does: among them and ints the type is long, among other numbers double.
 */
export function commonType(types: readonly DataType[]): DataType | undefined {
  const known = types.filter((type) => type.kind !== "error");
  if (known.length < types.length) return types.find((type) => type.kind === "error");
  const [first, ...rest] = [...known.filter(hasString), ...known.filter((type) => !hasString(type))];
  return rest.reduce<DataType | undefined>((common, type) => (common === undefined ? undefined : widerType(common, type)), first);
}

function hasString(type: DataType): boolean {
  return type.kind === "string" || (type.kind === "array" && hasString(type.element));
}

function widerType(a: DataType, b: DataType): DataType | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  if (a.kind === "string") return withString(b);
  if (b.kind === "string") return withString(a);
  if (a.kind === "array" && b.kind === "array") {
    const element = widerType(a.element, b.element);
    return element && arrayType(element, a.elementNullable || b.elementNullable || a.element.kind === "null" || b.element.kind === "null");
  }
  if (a.kind === "record" && b.kind === "record") return widerRecord(a.fields, b.fields);
  if (a.kind === "map" && b.kind === "map") {
    const [key, value] = [widerType(a.key, b.key), widerType(a.value, b.value)];
    return key && value && mapType(key, value, a.valueNullable || b.valueNullable || a.value.kind === "null" || b.value.kind === "null");
  }
  if ((a.kind === "date" && b.kind === "timestamp") || (a.kind === "timestamp" && b.kind === "date")) return timestampType;
  return widerNumber(a, b);
}

/** A string beside another type is read as that type; beside an int as long, beside another number as double. */
function withString(other: DataType): DataType | undefined {
  switch (other.kind) {
    case "int":
    case "long":
      return longType;
    case "float":
    case "double":
    case "decimal":
      return doubleType;
    case "boolean":
    case "date":
    case "timestamp":
    case "binary":
      return other;
    case "string":
    case "duration":
    case "array":
    case "map":
    case "record":
    case "null":
    case "error":
      return other.kind === "string" ? other : undefined;
  }
}

function widerNumber(a: DataType, b: DataType): DataType | undefined {
  const left = decimalFor(a);
  const right = decimalFor(b);
  if (left === undefined || right === undefined) return undefined;
  if (isFloating(a) || isFloating(b)) return doubleType;
  return a.kind === "decimal" || b.kind === "decimal" ? widerDecimal(left, right) : longType;
}

function isFloating(type: DataType): boolean {
  return type.kind === "float" || type.kind === "double";
}

function widerRecord(a: readonly Field[], b: readonly Field[]): DataType | undefined {
  if (a.length !== b.length) return undefined;
  const fields: Field[] = [];
  for (const [index, field] of a.entries()) {
    const other = b[index];
    const type = other?.name === field.name ? widerType(field.type, other.type) : undefined;
    if (other === undefined || type === undefined) return undefined;
    fields.push({ name: field.name, type, nullable: field.nullable || other.nullable || field.type.kind === "null" || other.type.kind === "null" });
  }
  return recordType(fields);
}
