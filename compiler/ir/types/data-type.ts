/**
 * The types of the language. A type says nothing of nullability: that belongs to the column or expression, except inside
 * arrays, maps and records, where it belongs to the element, value or field.
 */
export type DataType =
  | BooleanType
  | IntType
  | LongType
  | FloatType
  | DoubleType
  | DecimalType
  | StringType
  | BinaryType
  | DateType
  | TimestampType
  | DurationType
  | ArrayType
  | MapType
  | RecordType
  | NullType
  | ErrorType;

export type TypeKind = DataType["kind"];

export interface BooleanType { readonly kind: "boolean" }
/** 32 bits. */
export interface IntType { readonly kind: "int" }
/** 64 bits; a number while safe, else a bigint. */
export interface LongType { readonly kind: "long" }
export interface FloatType { readonly kind: "float" }
export interface DoubleType { readonly kind: "double" }
/** A scaled integer in the canonical form of long. 1 ≤ precision ≤ 38, 0 ≤ scale ≤ precision. */
export interface DecimalType { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
export interface StringType { readonly kind: "string" }
export interface BinaryType { readonly kind: "binary" }
/** Days since the epoch. */
export interface DateType { readonly kind: "date" }
/** Microseconds since the epoch. */
export interface TimestampType { readonly kind: "timestamp" }
/** Microseconds. */
export interface DurationType { readonly kind: "duration" }
export interface ArrayType { readonly kind: "array"; readonly element: DataType; readonly elementNullable: boolean }
export interface MapType { readonly kind: "map"; readonly key: DataType; readonly value: DataType; readonly valueNullable: boolean }
export interface RecordType { readonly kind: "record"; readonly fields: readonly Field[] }
/** The type of a bare `null`. */
export interface NullType { readonly kind: "null" }
/** The type of an expression whose error is already reported; never reported again. */
export interface ErrorType { readonly kind: "error" }

/** A named field of a record, or a column of a schema. */
export interface Field {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

export const booleanType: BooleanType = { kind: "boolean" };
export const intType: IntType = { kind: "int" };
export const longType: LongType = { kind: "long" };
export const floatType: FloatType = { kind: "float" };
export const doubleType: DoubleType = { kind: "double" };
export const stringType: StringType = { kind: "string" };
export const binaryType: BinaryType = { kind: "binary" };
export const dateType: DateType = { kind: "date" };
export const timestampType: TimestampType = { kind: "timestamp" };
export const durationType: DurationType = { kind: "duration" };
export const nullType: NullType = { kind: "null" };
export const errorType: ErrorType = { kind: "error" };

export function decimalType(precision: number, scale: number): DecimalType {
  return { kind: "decimal", precision, scale };
}

export function arrayType(element: DataType, elementNullable: boolean): ArrayType {
  return { kind: "array", element, elementNullable };
}

export function mapType(key: DataType, value: DataType, valueNullable: boolean): MapType {
  return { kind: "map", key, value, valueNullable };
}

export function recordType(fields: readonly Field[]): RecordType {
  return { kind: "record", fields };
}

/** The record that a window key yields: `{ start, end }`. */
export const windowType: RecordType = recordType([
  { name: "start", type: timestampType, nullable: false },
  { name: "end", type: timestampType, nullable: false },
]);

/** Equality of types, nullability of elements and fields included. */
export function sameType(a: DataType, b: DataType): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "decimal":
      return b.kind === "decimal" && a.precision === b.precision && a.scale === b.scale;
    case "array":
      return b.kind === "array" && a.elementNullable === b.elementNullable && sameType(a.element, b.element);
    case "map":
      return b.kind === "map" && a.valueNullable === b.valueNullable && sameType(a.key, b.key) && sameType(a.value, b.value);
    case "record":
      return (
        b.kind === "record" &&
        a.fields.length === b.fields.length &&
        a.fields.every((field, index) => {
          const other = b.fields[index];
          return other !== undefined && field.name === other.name && field.nullable === other.nullable && sameType(field.type, other.type);
        })
      );
    default:
      return a.kind === b.kind;
  }
}

/** The type as the language writes it: `decimal(10,2)`, `string?[]`, `{ a: int }`. */
export function typeText(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `${typeText(type.element)}${type.elementNullable ? "?" : ""}[]`;
    case "map":
      return `map<${typeText(type.key)}, ${typeText(type.value)}${type.valueNullable ? "?" : ""}>`;
    case "record":
      return `{ ${type.fields.map((field) => `${field.name}: ${typeText(field.type)}${field.nullable ? "?" : ""}`).join(", ")} }`;
    default:
      return type.kind;
  }
}

/** Points and lengths of time: their values are plain numbers. */
export function isTime({ kind }: DataType): boolean {
  return kind === "date" || kind === "timestamp" || kind === "duration";
}

export function isNumeric(type: DataType): boolean {
  return type.kind === "int" || type.kind === "long" || type.kind === "float" || type.kind === "double" || type.kind === "decimal";
}
