import type { FieldDescriptor } from "../type-descriptor.ts";
import { valueType, type ValueField } from "../value-type.ts";
import { decodingProblem } from "./avro-errors.ts";
import { libraryFields, libraryType, projectedType, type LibraryType } from "./avro-library.ts";
import type { AvroRecord } from "./avro-type.ts";
import { fieldConversion, UnfitSchema, UnfitValue, type AvroConversion } from "./avro-value.ts";
import { readAvroSchema } from "./read-avro-schema.ts";
import { shieldedName, shieldedSchema } from "./shielded-names.ts";

/** A record that was decoded: the values of the wanted fields, or why they are none; and where the next begins. */
export interface DecodedRecord {
  readonly values: readonly unknown[] | string;
  readonly next: number;
}

/** Bytes that are no record of their schema. */
export class BrokenRecord extends Error {}

/** The declared columns as a reader names them. */
export function columnFields(fields: readonly FieldDescriptor[]): readonly ValueField[] {
  return fields.map(([name, type]) => ({ name, type: valueType(type) }));
}

/**
 * Decodes records of one writer's schema into declared columns. Without a reader's schema, the columns are read as the writer wrote
 * them, with the promotions of the specification; with one, it is resolved against the writer's first (aliases, defaults, order), as
 * the specification has it. Only the wanted fields are decoded.
 */
export class AvroDecoder {
  readonly #type: LibraryType;
  readonly #resolver: ReturnType<LibraryType["createResolver"]>;
  /** By the place of the field, under its name with the library; undefined where it is always null. */
  readonly #columns: readonly { readonly name: string; readonly convert: AvroConversion | undefined }[];

  /** Throws `UnfitSchema`. */
  constructor(writer: string, fields: readonly ValueField[], reader?: string) {
    const written = recordOf(writer, "the writer's schema");
    const read = reader === undefined ? written : recordOf(reader, "the schema file");
    this.#columns = fields.map((field) => ({ name: shieldedName(field.name), convert: fieldConversion(read.record, field, field.name) }));
    const wanted = new Set(this.#columns.flatMap(({ name, convert }) => (convert === undefined ? [] : [name])));
    try {
      const given = compiled(written.json);
      const { schema, type } = read === written ? given : compiled(read.json);
      this.#type = projectedType(shieldedName(written.record.name), fieldsOf(schema, type, wanted));
      this.#resolver = this.#type.createResolver(given.type, { ignoreNamespaces: true });
    } catch (error) {
      throw new UnfitSchema("", `the writer's schema cannot be read: ${decodingProblem(error)}`);
    }
  }

  /** Decodes the record at `position`; throws `BrokenRecord` where there is none. */
  decode(bytes: Buffer, position: number): DecodedRecord {
    const { value, next } = this.#decoded(bytes, position);
    try {
      return { values: this.#columns.map(({ name, convert }) => (convert === undefined ? null : convert(value[name]))), next };
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      return { values: error.message, next };
    }
  }

  #decoded(bytes: Buffer, position: number): { readonly value: Readonly<Record<string, unknown>>; readonly next: number } {
    try {
      const { value, offset }: { value: unknown; offset: number } = this.#type.decode(bytes, position, this.#resolver);
      if (offset >= position && offset <= bytes.length) return { value: value as Readonly<Record<string, unknown>>, next: offset };
    } catch (error) {
      throw new BrokenRecord(decodingProblem(error));
    }
    throw new BrokenRecord("it ends too soon");
  }
}

function recordOf(text: string, what: string): { readonly record: AvroRecord; readonly json: unknown } {
  const schema = readAvroSchema(text);
  if (!schema.ok) throw new UnfitSchema("", `${what} is none: ${schema.problem}`);
  if (schema.type.kind !== "record") throw new UnfitSchema("", `${what} is no record`);
  return { record: schema.type, json: schema.json };
}

function compiled(json: unknown): { readonly schema: unknown; readonly type: LibraryType } {
  const schema = shieldedSchema(json);
  return { schema, type: libraryType(schema) };
}

/** The wanted fields, with the library's types, and their defaults and aliases as they are written. */
function fieldsOf(schema: unknown, type: LibraryType, wanted: ReadonlySet<string>): readonly Readonly<Record<string, unknown>>[] {
  const types = new Map((libraryFields(type) ?? []).map((field) => [field.name, field.type]));
  const written = (schema as { readonly fields: readonly Readonly<Record<string, unknown>>[] }).fields;
  return written.flatMap((field) => {
    const { name, aliases } = field;
    if (typeof name !== "string" || !wanted.has(name)) return [];
    return [{ name, type: types.get(name), ...(aliases === undefined ? {} : { aliases }), ...("default" in field ? { default: field["default"] } : {}) }];
  });
}
