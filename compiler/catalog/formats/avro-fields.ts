import { withoutNull, type AvroField, type AvroRecord, type AvroType } from "../../../runtime/formats/avro/avro-type.ts";
import { readAvroSchema } from "../../../runtime/formats/avro/read-avro-schema.ts";
import {
  arrayType, binaryType, booleanType, dateType, decimalType, doubleType, durationType, floatType, intType, longType, mapType, recordType, stringType, timestampType,
  type DataType, type Field,
} from "../../ir/types/data-type.ts";

/** The fields that a schema declares; or why it is none, or which of its fields this language has no type for. */
export type AvroFields =
  | { readonly ok: true; readonly fields: readonly Field[] }
  | { readonly ok: false; readonly reason: string }
  | { readonly ok: false; readonly unsupported: readonly { readonly field: string; readonly reason: string }[] };

/** Reads the text of a schema file as declared columns: what may be null is a union with null. */
export function avroFields(text: string): AvroFields {
  const read = readAvroSchema(text);
  if (!read.ok) return { ok: false, reason: read.problem };
  if (read.type.kind !== "record") return { ok: false, reason: "it declares no record" };
  if (read.type.fields.length === 0) return { ok: false, reason: "its record has no fields" };
  const reading = new Reading();
  const fields = reading.fields(read.type, "");
  return reading.unsupported.length === 0 ? { ok: true, fields } : { ok: false, unsupported: reading.unsupported };
}

class Reading {
  readonly unsupported: { readonly field: string; readonly reason: string }[] = [];
  /** Records that are being read, from the outermost. */
  readonly #open: AvroRecord[] = [];

  fields(record: AvroRecord, path: string): readonly Field[] {
    this.#open.push(record);
    const fields = record.fields.flatMap((field) => this.#field(field, path === "" ? field.name : `${path}.${field.name}`) ?? []);
    this.#open.pop();
    return fields;
  }

  #field({ name, type }: AvroField, path: string): Field | undefined {
    const read = this.#type(type, path);
    return read === undefined ? undefined : { name, ...read };
  }

  #type(type: AvroType, path: string): { readonly type: DataType; readonly nullable: boolean } | undefined {
    const bare = withoutNull(type);
    if (bare === undefined) return this.#refuse(path, "is a union of several types");
    const read = this.#bare(bare.type, path);
    return read === undefined ? undefined : { type: read, nullable: bare.nullable };
  }

  #bare(type: AvroType, path: string): DataType | undefined {
    switch (type.kind) {
      case "null":
        return this.#refuse(path, "is always null");
      case "boolean":
        return booleanType;
      case "int":
        return type.logical === "date" ? dateType : type.logical === "time-millis" ? durationType : intType;
      case "long":
        return type.logical === undefined ? longType : type.logical === "time-micros" ? durationType : timestampType;
      case "float":
        return floatType;
      case "double":
        return doubleType;
      case "string":
      case "enum":
        return stringType;
      case "bytes":
        return binaryType;
      case "fixed":
        return type.logical === "uuid" ? stringType : binaryType;
      case "decimal":
        return type.precision > 38 ? this.#refuse(path, `is a decimal of ${type.precision} digits, and there are no more than 38`) : decimalType(type.precision, type.scale);
      case "array": {
        const element = this.#type(type.items, `${path}[]`);
        return element === undefined ? undefined : arrayType(element.type, element.nullable);
      }
      case "map": {
        const value = this.#type(type.values, `${path}[…]`);
        return value === undefined ? undefined : mapType(stringType, value.type, value.nullable);
      }
      case "record":
        return this.#open.includes(type) ? this.#refuse(path, `holds the record ${type.name}, in which it is`) : recordType(this.fields(type, path));
      case "union":
        return this.#refuse(path, "is a union in a union");
    }
  }

  #refuse(field: string, reason: string): undefined {
    this.unsupported.push({ field, reason });
  }
}
