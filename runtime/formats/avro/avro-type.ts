/**
 * A type of an Avro schema, with its names resolved. Logical types stand beside what they are made of; one that is not known, or does
 * not fit its type, is left away, as the specification has it.
 */
export type AvroType =
  | { readonly kind: AvroPrimitive; readonly logical?: AvroLogical }
  | AvroDecimal
  | { readonly kind: "fixed"; readonly name: string; readonly size: number; readonly logical?: AvroLogical }
  | { readonly kind: "enum"; readonly name: string; readonly symbols: readonly string[] }
  | { readonly kind: "array"; readonly items: AvroType }
  | { readonly kind: "map"; readonly values: AvroType }
  | { readonly kind: "union"; readonly branches: readonly AvroType[] }
  | AvroRecord;

export type AvroPrimitive = "null" | "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string";

export type AvroLogical =
  | "date" | "time-millis" | "time-micros" | "uuid"
  | "timestamp-millis" | "timestamp-micros" | "timestamp-nanos" | "local-timestamp-millis" | "local-timestamp-micros" | "local-timestamp-nanos";

/** Bytes, or a fixed, that hold the scaled integer: big-endian, two's complement. */
export interface AvroDecimal {
  readonly kind: "decimal";
  readonly precision: number;
  readonly scale: number;
  /** Bytes of a fixed; undefined where they are counted. */
  readonly size: number | undefined;
}

export interface AvroRecord {
  readonly kind: "record";
  /** With its namespace. */
  readonly name: string;
  /** A record may hold itself: then it is found here again. */
  readonly fields: readonly AvroField[];
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  /** Whether it has a value where nobody gives it one. */
  readonly hasDefault: boolean;
}

/** The type without the null of a union with it, and whether there was one; undefined for a union of several other types. */
export function withoutNull(type: AvroType): { readonly type: AvroType; readonly nullable: boolean } | undefined {
  if (type.kind !== "union") return { type, nullable: type.kind === "null" };
  const others = type.branches.filter(({ kind }) => kind !== "null");
  const [only] = others;
  if (others.length > 1) return undefined;
  return { type: only ?? { kind: "null" }, nullable: others.length < type.branches.length };
}

/** The type in words, as a schema writes it: `["null", long (timestamp-micros)]`. */
export function avroTypeText(type: AvroType): string {
  switch (type.kind) {
    case "decimal":
      return `${type.size === undefined ? "bytes" : `fixed(${type.size})`} (decimal(${type.precision},${type.scale}))`;
    case "fixed":
      return `fixed(${type.size})${logicalText(type.logical)}`;
    case "enum":
      return `enum ${type.name}`;
    case "array":
      return `array of ${avroTypeText(type.items)}`;
    case "map":
      return `map of ${avroTypeText(type.values)}`;
    case "union":
      return `[${type.branches.map(avroTypeText).join(", ")}]`;
    case "record":
      return `record ${type.name}`;
    default:
      return type.kind + logicalText(type.logical);
  }
}

function logicalText(logical: AvroLogical | undefined): string {
  return logical === undefined ? "" : ` (${logical})`;
}
