import type { TypeDescriptor } from "./type-descriptor.ts";

/** A type descriptor read once: what decoders, encoders and codecs walk. `nullable` is of the place where the value stands. */
export type ValueType =
  | { readonly kind: ScalarKind; readonly nullable: boolean }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number; readonly nullable: boolean }
  | RecordValueType
  | { readonly kind: "array"; readonly element: ValueType; readonly nullable: boolean }
  | MapValueType;

export type ScalarKind = "boolean" | "int" | "long" | "float" | "double" | "string" | "binary" | "date" | "timestamp" | "duration";

export interface RecordValueType {
  readonly kind: "record";
  readonly fields: readonly ValueField[];
  /** Position of a field by its name. */
  readonly index: ReadonlyMap<string, number>;
  /** A record of nulls in the fixed shape of this type: a spread copy of it is where a decoder begins. */
  readonly empty: Readonly<Record<string, null>>;
  readonly nullable: boolean;
}

/** Values are JavaScript maps, in the order in which their keys came; keys are scalars in canonical form and never null. */
export interface MapValueType {
  readonly kind: "map";
  readonly key: ValueType;
  readonly value: ValueType;
  readonly nullable: boolean;
}

export interface ValueField {
  readonly name: string;
  readonly type: ValueType;
}

const scalarKinds: ReadonlySet<string> = new Set(["boolean", "int", "long", "float", "double", "string", "binary", "date", "timestamp", "duration"]);

function isScalarKind(text: string): text is ScalarKind {
  return scalarKinds.has(text);
}

/** Reads a descriptor. A text that is none of the type names is a mistake of the emitter and throws. */
export function valueType(descriptor: TypeDescriptor): ValueType {
  if (typeof descriptor === "string") return scalarType(descriptor);
  const nullable = descriptor.nullable === true;
  if ("array" in descriptor) return { kind: "array", element: valueType(descriptor.array), nullable };
  if ("map" in descriptor) return { kind: "map", key: valueType(descriptor.map[0]), value: valueType(descriptor.map[1]), nullable };
  return recordOf(descriptor.record.map(([name, type]) => ({ name, type: valueType(type) })), nullable);
}

/** The same type where everything at any depth may be null, as `from_json` reads. */
export function allNullable(type: ValueType): ValueType {
  switch (type.kind) {
    case "array":
      return { kind: "array", element: allNullable(type.element), nullable: true };
    case "map":
      return { kind: "map", key: type.key, value: allNullable(type.value), nullable: true };
    case "record":
      return recordOf(type.fields.map((field) => ({ name: field.name, type: allNullable(field.type) })), true);
    default:
      return { ...type, nullable: true };
  }
}

/** The descriptor that `valueType` would read back, with everything spelled out: for stored schemas and messages. */
export function descriptorText(type: ValueType): string {
  const mark = type.nullable ? "?" : "";
  switch (type.kind) {
    case "array":
      return `${descriptorText(type.element)}[]${mark}`;
    case "map":
      return `map<${descriptorText(type.key)}, ${descriptorText(type.value)}>${mark}`;
    case "record":
      return `{ ${type.fields.map((field) => `${JSON.stringify(field.name)}: ${descriptorText(field.type)}`).join(", ")} }${mark}`;
    case "decimal":
      return `decimal(${type.precision},${type.scale})${mark}`;
    default:
      return type.kind + mark;
  }
}

function recordOf(fields: readonly ValueField[], nullable: boolean): RecordValueType {
  const empty: Record<string, null> = {};
  // Defined, not assigned: a field may be called `__proto__`.
  for (const { name } of fields) Object.defineProperty(empty, name, { value: null, writable: true, enumerable: true, configurable: true });
  return { kind: "record", fields, index: new Map(fields.map((field, at) => [field.name, at])), empty, nullable };
}

function scalarType(text: string): ValueType {
  const nullable = text.endsWith("?");
  const name = nullable ? text.slice(0, -1) : text;
  if (isScalarKind(name)) return { kind: name, nullable };
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(name);
  if (decimal === null) throw new TypeError(`not a type descriptor: ${JSON.stringify(text)}`);
  return { kind: "decimal", precision: Number(decimal[1]), scale: Number(decimal[2]), nullable };
}
