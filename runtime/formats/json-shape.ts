import type { TimeZone } from "../time/time-zone.ts";
import { JsonWriter } from "./json-writer.ts";
import { writeJsonValue } from "./json-value.ts";
import type { ArrayDescriptor, MapDescriptor, RecordDescriptor, ScalarName, TypeDescriptor } from "./type-descriptor.ts";
import { valueType, type ValueType } from "./value-type.ts";

/**
 * The shape that an emitted serializer takes for a type: texts and integers as they are; doubles and decimals as the text of their
 * JSON number (so that all digits, `-0.0` and `"NaN"` come out exactly); maps as the text of their JSON object (which keeps the order of
 * their keys); timestamps, dates, durations and binary as text.
 */
export type JsonShape<D extends TypeDescriptor> = D extends `${infer S extends ScalarName}?`
  ? ScalarShape<S> | null
  : D extends ScalarName
    ? ScalarShape<D>
    : D extends RecordDescriptor
      ? RecordShape<D> | NullOf<D>
      : D extends ArrayDescriptor
        ? readonly JsonShape<D["array"]>[] | NullOf<D>
        : D extends MapDescriptor
          ? string | NullOf<D>
          : never;

type ScalarShape<S extends ScalarName> = S extends "boolean" ? boolean : S extends "int" ? number : S extends "long" ? number | bigint : string;
type RecordShape<D extends RecordDescriptor> = { readonly [F in D["record"][number] as F[0]]: JsonShape<F[1]> };
type NullOf<D extends RecordDescriptor | ArrayDescriptor | MapDescriptor> = D extends { readonly nullable: true } ? null : never;

type Mapping = (value: unknown) => unknown;

/**
 * Makes the function that turns a value of the runtime's representation into the shape that the serializer in
 * `NAME.serializer.cjs` takes; timestamps in a zone, UTC unless given. A value that needs no change is passed on as it is.
 */
export function jsonShape<const D extends TypeDescriptor>(descriptor: D, zone?: TimeZone): (value: unknown) => JsonShape<D> {
  const mapping = mappingOf(valueType(descriptor), new JsonWriter(zone)) ?? ((value: unknown): unknown => value);
  return mapping as (value: unknown) => JsonShape<D>;
}

/** Undefined where the value is its own shape. */
function mappingOf(type: ValueType, scratch: JsonWriter): Mapping | undefined {
  const mapping = notNullMapping(type, scratch);
  return mapping === undefined ? undefined : (value) => (value === null ? null : mapping(value));
}

function notNullMapping(type: ValueType, scratch: JsonWriter): Mapping | undefined {
  switch (type.kind) {
    case "boolean":
    case "int":
    case "long":
    case "string":
      return undefined;
    case "array": {
      const element = mappingOf(type.element, scratch);
      return element === undefined ? undefined : (value) => (Array.isArray(value) ? value.map(element) : value);
    }
    case "record": {
      const fields = type.fields.map((field) => ({ name: field.name, mapping: mappingOf(field.type, scratch) }));
      return fields.every((field) => field.mapping === undefined) ? undefined : (value) => mapRecord(value, fields);
    }
    case "map":
      return (value) => {
        scratch.reset();
        writeJsonValue(value, type, scratch);
        return Buffer.from(scratch.view()).toString("utf8");
      };
    default:
      return (value) => scalarText(value, type, scratch);
  }
}

function mapRecord(value: unknown, fields: readonly { readonly name: string; readonly mapping: Mapping | undefined }[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const mapped: Record<string, unknown> = {};
  for (const { name, mapping } of fields) {
    const field: unknown = Reflect.get(value, name);
    const shape = mapping === undefined ? field : mapping(field);
    // An assignment to `__proto__` would not make a property.
    if (name === "__proto__") Object.defineProperty(mapped, name, { value: shape, enumerable: true });
    else mapped[name] = shape;
  }
  return mapped;
}

/** Numbers as JSON would have them; all else as the text between JSON's quotes. */
function scalarText(value: unknown, type: ValueType, scratch: JsonWriter): string {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  scratch.reset();
  if (type.kind === "decimal") {
    if (typeof value === "number" || typeof value === "bigint") scratch.decimal(value, type.scale);
    return written(scratch);
  }
  if (typeof value !== "number") throw new TypeError(`a ${type.kind} is held as ${typeof value}`);
  if (type.kind === "double" || type.kind === "float") {
    scratch[type.kind](value);
    return written(scratch);
  }
  if (type.kind === "timestamp") scratch.timestamp(value);
  else if (type.kind === "date") scratch.date(value);
  else scratch.duration(value);
  return written(scratch).slice(1, -1);
}

function written(scratch: JsonWriter): string {
  return Buffer.from(scratch.view()).toString("latin1");
}
