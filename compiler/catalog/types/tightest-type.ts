import { arrayType, type DataType, type DecimalType, doubleType, longType, mapType, recordType, sameType, timestampType } from "../../ir/types/data-type.ts";
import { decimalFor } from "./decimal-types.ts";

/**
 * The one type in which two values are compared where they are arrays, maps or records, or items of arrays: the wider of two numbers
 * that are no decimals, a decimal that holds every value of the int or long beside it, nothing for a string beside another type or for
 * two decimals that differ (AnsiTypeCoercion.findTightestCommonType).
 */
export function tightestType(a: DataType, b: DataType): DataType | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  if (a.kind === "decimal" || b.kind === "decimal") return a.kind === "decimal" ? (b.kind === "decimal" ? undefined : holding(a, b)) : b.kind === "decimal" ? holding(b, a) : undefined;
  if (a.kind === "array" && b.kind === "array") {
    const element = tightestType(a.element, b.element);
    return element && arrayType(element, a.elementNullable || b.elementNullable || a.element.kind === "null" || b.element.kind === "null");
  }
  if (a.kind === "map" && b.kind === "map") {
    const [key, value] = [tightestType(a.key, b.key), tightestType(a.value, b.value)];
    return key && value && mapType(key, value, a.valueNullable || b.valueNullable || a.value.kind === "null" || b.value.kind === "null");
  }
  if (a.kind === "record" && b.kind === "record") {
    if (a.fields.length !== b.fields.length) return undefined;
    const fields = a.fields.flatMap((field, at) => {
      const other = b.fields[at];
      const type = other?.name === field.name ? tightestType(field.type, other.type) : undefined;
      return other === undefined || type === undefined ? [] : [{ name: field.name, type, nullable: field.nullable || other.nullable || field.type.kind === "null" || other.type.kind === "null" }];
    });
    return fields.length === a.fields.length ? recordType(fields) : undefined;
  }
  if ((a.kind === "date" && b.kind === "timestamp") || (a.kind === "timestamp" && b.kind === "date")) return timestampType;
  if (decimalFor(a) === undefined || decimalFor(b) === undefined) return undefined;
  return isFloating(a) || isFloating(b) ? doubleType : longType;
}

/** The decimal type, where it holds every value of an int or long. */
function holding(decimal: DecimalType, other: DataType): DecimalType | undefined {
  const digits = other.kind === "int" || other.kind === "long" ? decimalFor(other) : undefined;
  return digits !== undefined && decimal.precision - decimal.scale >= digits.precision ? decimal : undefined;
}

function isFloating(type: DataType): boolean {
  return type.kind === "float" || type.kind === "double";
}
