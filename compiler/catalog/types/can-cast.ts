import { type DataType, sameType } from "../../ir/types/data-type.ts";
import { decimalFor } from "./decimal-types.ts";

/** Whether `cast(x as T)` is refused, always succeeds, or may fail on a value. */
export type CastVerdict = "never" | "total" | "fallible";

/** What Spark's Cast.canAnsiCast says of two types, and whether every value of the first is one of the second. */
export function canCast(from: DataType, to: DataType): CastVerdict {
  if (from.kind === "null" || from.kind === "error" || to.kind === "error" || sameType(from, to)) return "total";
  if (from.kind === "array" && to.kind === "array") return part(from.element, from.elementNullable, to.element, to.elementNullable);
  if (from.kind === "record" && to.kind === "record") return fieldByField(from.fields, to.fields);
  if (from.kind === "map" && to.kind === "map") return worst([canCast(from.key, to.key), part(from.value, from.valueNullable, to.value, to.valueNullable)]);
  switch (to.kind) {
    case "string":
      return from.kind === "binary" ? "fallible" : "total";
    case "binary":
      return from.kind === "string" ? "total" : "never";
    case "boolean":
      return from.kind === "string" ? "fallible" : isNumber(from) ? "total" : "never";
    case "date":
      return from.kind === "string" ? "fallible" : from.kind === "timestamp" ? "total" : "never";
    case "timestamp":
      return toTimestamp(from);
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
      return toNumber(from, to);
    case "duration":
      return from.kind === "string" ? "fallible" : "never";
    case "array":
    case "map":
    case "record":
    case "null":
      return "never";
  }
}

/**
 * Whether an argument of one type may stand where a function wants another, without a cast being written
 * (AnsiTypeCoercion.implicitCast): nulls, strings as any scalar, any scalar as a string, numbers and dates upwards.
 */
export function isImplicit(from: DataType, to: DataType): boolean {
  if (from.kind === "null" || from.kind === "error" || sameType(from, to)) return true;
  if (canCast(from, to) === "never") return false;
  if (from.kind === "string" || to.kind === "string") return isScalar(from) && isScalar(to);
  if (from.kind === "date") return to.kind === "timestamp";
  if (from.kind === "array" && to.kind === "array") return isImplicit(from.element, to.element);
  return isNumber(from) && isNumber(to) && rank(from) <= rank(to) && (to.kind !== "decimal" || canCast(from, to) === "total");
}

/** Whether a cast of a value that is not null may give null though it is no `try_cast`: an infinite double as decimal (Spark). */
export function castGivesNull(from: DataType, to: DataType): boolean {
  return (from.kind === "double" || from.kind === "float") && to.kind === "decimal";
}

function part(from: DataType, fromNullable: boolean, to: DataType, toNullable: boolean): CastVerdict {
  return fromNullable && !toNullable ? "never" : canCast(from, to);
}

type Fields = readonly { readonly type: DataType; readonly nullable: boolean }[];

function fieldByField(from: Fields, to: Fields): CastVerdict {
  if (from.length !== to.length) return "never";
  return worst(
    from.map((field, index) => {
      const other = to[index];
      return other === undefined ? "never" : part(field.type, field.nullable, other.type, other.nullable);
    }),
  );
}

function worst(verdicts: readonly CastVerdict[]): CastVerdict {
  return verdicts.includes("never") ? "never" : verdicts.includes("fallible") ? "fallible" : "total";
}

function toTimestamp(from: DataType): CastVerdict {
  switch (from.kind) {
    case "int":
    case "date":
      return "total";
    case "string":
    case "long":
    case "float":
    case "double":
    case "decimal":
      return "fallible";
    default:
      return "never";
  }
}

function toNumber(from: DataType, to: DataType): CastVerdict {
  if (from.kind === "string") return "fallible";
  if (from.kind === "boolean") return to.kind === "decimal" && to.precision === to.scale ? "fallible" : "total";
  if (from.kind === "timestamp") return to.kind === "long" || to.kind === "double" || to.kind === "float" ? "total" : "fallible";
  if (!isNumber(from)) return "never";
  if (to.kind === "double" || to.kind === "float") return "total";
  const digits = decimalFor(from);
  if (digits === undefined || from.kind === "double" || from.kind === "float") return "fallible";
  const integral = digits.precision - digits.scale;
  if (to.kind === "int") return integral <= 9 ? "total" : "fallible";
  if (to.kind === "long") return from.kind === "int" || integral <= 18 ? "total" : "fallible";
  if (to.kind !== "decimal") return "fallible";
  // Rounding may carry into one more digit before the point.
  return to.precision - to.scale >= integral + (digits.scale > to.scale ? 1 : 0) ? "total" : "fallible";
}

function isNumber(type: DataType): boolean {
  return decimalFor(type) !== undefined;
}

function isScalar(type: DataType): boolean {
  return type.kind !== "array" && type.kind !== "map" && type.kind !== "record" && type.kind !== "duration";
}

function rank(type: DataType): number {
  return ["int", "long", "decimal", "float", "double"].indexOf(type.kind);
}
