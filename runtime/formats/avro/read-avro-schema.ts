import { thrownMessage } from "../../errors/thrown-message.ts";
import type { AvroField, AvroLogical, AvroPrimitive, AvroRecord, AvroType } from "./avro-type.ts";

/** A schema, with the JSON that says it; or why the text is none. */
export type ReadSchema = { readonly ok: true; readonly type: AvroType; readonly json: unknown } | { readonly ok: false; readonly problem: string };

/** Reads the JSON text of a schema. It knows what the specification says of schemas and nothing of the library that decodes with them. */
export function readAvroSchema(text: string): ReadSchema {
  try {
    const json = parsed(text);
    return { ok: true, type: typeOf(json, "", new Map()), json };
  } catch (error) {
    if (error instanceof NoSchema) return { ok: false, problem: error.message };
    if (error instanceof RangeError) return { ok: false, problem: "it is nested too deeply" };
    throw error;
  }
}

class NoSchema extends Error {}

const primitives: ReadonlySet<string> = new Set<AvroPrimitive>(["null", "boolean", "int", "long", "float", "double", "bytes", "string"]);

/** Logical types by what they annotate. */
const logicals: Readonly<Record<string, readonly AvroLogical[]>> = {
  int: ["date", "time-millis"],
  long: ["time-micros", "timestamp-millis", "timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos"],
  string: ["uuid"],
};

type Names = Map<string, AvroType>;
type Members = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Some registries keep a primitive schema as its bare name.
    if (primitives.has(text.trim())) return text.trim();
    throw new NoSchema(`it is no JSON: ${thrownMessage(error)}`);
  }
}

function typeOf(schema: unknown, namespace: string, names: Names): AvroType {
  if (typeof schema === "string") return named(schema, namespace, names);
  if (Array.isArray(schema)) return union(schema, namespace, names);
  if (typeof schema !== "object" || schema === null) throw new NoSchema(`${JSON.stringify(schema)} is no type`);
  const members = schema as Members;
  const { type } = members;
  if (typeof type !== "string") return typeOf(type, namespace, names);
  switch (type) {
    case "record":
    case "error":
      return record(members, namespace, names);
    case "enum":
      return enumeration(members, namespace, names);
    case "fixed":
      return fixed(members, namespace, names);
    case "array":
      return { kind: "array", items: typeOf(members["items"], namespace, names) };
    case "map":
      return { kind: "map", values: typeOf(members["values"], namespace, names) };
    default:
      return annotated(named(type, namespace, names), members);
  }
}

function named(name: string, namespace: string, names: Names): AvroType {
  if (isPrimitive(name)) return { kind: name };
  const found = names.get(fullName(name, namespace)) ?? names.get(name);
  if (found === undefined) throw new NoSchema(`there is no type ${JSON.stringify(name)}`);
  return found;
}

function union(branches: readonly unknown[], namespace: string, names: Names): AvroType {
  const types = branches.map((branch) => typeOf(branch, namespace, names));
  if (types.length === 0) throw new NoSchema("a union has no branch");
  if (types.some(({ kind }) => kind === "union")) throw new NoSchema("a union stands directly in a union");
  return { kind: "union", branches: types };
}

function record(members: Members, namespace: string, names: Names): AvroType {
  const { name, space } = nameOf(members, namespace);
  const fields: AvroField[] = [];
  const type: AvroRecord = { kind: "record", name, fields };
  enter(name, type, names);
  const given = members["fields"];
  if (!Array.isArray(given)) throw new NoSchema(`the record ${name} has no fields`);
  for (const field of given as readonly unknown[]) {
    if (typeof field !== "object" || field === null) throw new NoSchema(`a field of ${name} is no object`);
    const { name: fieldName, type: fieldType } = field as Members;
    if (typeof fieldName !== "string") throw new NoSchema(`a field of ${name} has no name`);
    if (fields.some((other) => other.name === fieldName)) throw new NoSchema(`the record ${name} has two fields ${fieldName}`);
    fields.push({ name: fieldName, type: typeOf(fieldType, space, names), hasDefault: "default" in field });
  }
  return type;
}

function enumeration(members: Members, namespace: string, names: Names): AvroType {
  const { name } = nameOf(members, namespace);
  const symbols = members["symbols"];
  if (!Array.isArray(symbols) || !symbols.every((symbol) => typeof symbol === "string")) throw new NoSchema(`the enum ${name} has no symbols`);
  return enter(name, { kind: "enum", name, symbols }, names);
}

function fixed(members: Members, namespace: string, names: Names): AvroType {
  const { name } = nameOf(members, namespace);
  const size = members["size"];
  if (typeof size !== "number" || !Number.isInteger(size) || size < 0) throw new NoSchema(`the fixed ${name} has no size`);
  const decimal = decimalOf(members, size);
  const isUuid = members["logicalType"] === "uuid" && size === 16;
  return enter(name, decimal ?? { kind: "fixed", name, size, ...(isUuid ? { logical: "uuid" } : {}) }, names);
}

function annotated(type: AvroType, members: Members): AvroType {
  if (type.kind === "bytes") return decimalOf(members, undefined) ?? type;
  const logical = logicals[type.kind]?.find((each) => each === members["logicalType"]);
  return logical === undefined || !isPrimitive(type.kind) ? type : { kind: type.kind, logical };
}

/** Undefined where the annotation is no decimal, or one that cannot be. */
function decimalOf({ logicalType, precision, scale = 0 }: Members, size: number | undefined): AvroType | undefined {
  if (logicalType !== "decimal" || typeof precision !== "number" || typeof scale !== "number") return undefined;
  const fits = Number.isInteger(precision) && Number.isInteger(scale) && precision > 0 && scale >= 0 && scale <= precision;
  return fits ? { kind: "decimal", precision, scale, size } : undefined;
}

function enter(name: string, type: AvroType, names: Names): AvroType {
  if (names.has(name)) throw new NoSchema(`the name ${name} is given twice`);
  names.set(name, type);
  return type;
}

/** The full name, and the namespace of what stands within. */
function nameOf(members: Members, namespace: string): { readonly name: string; readonly space: string } {
  const { name, namespace: given } = members;
  if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(name)) throw new NoSchema(`${JSON.stringify(name)} is no name`);
  const full = fullName(name, typeof given === "string" ? given : namespace);
  return { name: full, space: full.includes(".") ? full.slice(0, full.lastIndexOf(".")) : "" };
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}

function isPrimitive(name: string): name is AvroPrimitive {
  return primitives.has(name);
}
