import type { DataType, Field } from "../../ir/types/data-type.ts";
import { arrayType, decimalType, doubleType, isNumeric, longType, nullType, recordType, sameType, stringType } from "../../ir/types/data-type.ts";

/** The tightest type of JSON values of both types (JsonInferSchema.compatibleType); a string where there is none. */
export function mergeJsonTypes(a: DataType, b: DataType): DataType {
  if (a.kind === "null" || sameType(a, b)) return b;
  if (b.kind === "null") return a;
  if (a.kind === "record" && b.kind === "record") return recordType(mergeFields(a.fields, b.fields));
  if (a.kind === "array" && b.kind === "array") return arrayType(mergeJsonTypes(a.element, b.element), true);
  return widerNumber(a, b) ?? stringType;
}

/** The tightest type of CSV fields of both types (CSVInferSchema.compatibleType); a string where there is none. */
export function mergeCsvTypes(a: DataType, b: DataType): DataType {
  if (a.kind === "null" || sameType(a, b)) return b;
  if (b.kind === "null") return a;
  // A date among timestamps is read as one, at midnight.
  if ((a.kind === "date" && b.kind === "timestamp") || (a.kind === "timestamp" && b.kind === "date")) return a.kind === "timestamp" ? a : b;
  return widerNumber(a, b) ?? stringType;
}

/** Fields of one name have one type; in the order of their names, which is Spark's for JSON. */
export function mergeFields(a: readonly Field[], b: readonly Field[]): readonly Field[] {
  const merged = new Map<string, DataType>();
  for (const { name, type } of [...a, ...b]) merged.set(name, mergeJsonTypes(merged.get(name) ?? nullType, type));
  const names = [...merged.keys()].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  return names.map((name) => ({ name, type: merged.get(name) ?? nullType, nullable: true }));
}

function widerNumber(a: DataType, b: DataType): DataType | undefined {
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a.kind === "double" || b.kind === "double") return doubleType;
  if (a.kind !== "decimal" && b.kind !== "decimal") return longType;
  const [left, right] = [asDecimal(a), asDecimal(b)];
  const scale = Math.max(left.scale, right.scale);
  const range = Math.max(left.precision - left.scale, right.precision - right.scale);
  return range + scale > 38 ? doubleType : decimalType(range + scale, scale);
}

/** A whole number's type as a decimal (DecimalType.forType). */
function asDecimal(type: DataType): { readonly precision: number; readonly scale: number } {
  if (type.kind === "decimal") return type;
  return { precision: type.kind === "int" ? 10 : 20, scale: 0 };
}

/**
 * What is left unknown becomes a string, and records without fields go (JsonInferSchema.canonicalizeType); undefined where
 * nothing is left.
 */
export function settled(type: DataType): DataType | undefined {
  switch (type.kind) {
    case "null":
      return stringType;
    case "array": {
      const element = settled(type.element);
      return element === undefined ? undefined : arrayType(element, true);
    }
    case "record": {
      const fields = type.fields.flatMap((field): readonly Field[] => {
        const own = field.name === "" ? undefined : settled(field.type);
        return own === undefined ? [] : [{ ...field, type: own }];
      });
      return fields.length === 0 ? undefined : recordType(fields);
    }
    default:
      return type;
  }
}
