import { withoutNull } from "../../../runtime/formats/avro/avro-type.ts";
import { fieldConversion, UnfitSchema } from "../../../runtime/formats/avro/avro-value.ts";
import { readAvroSchema } from "../../../runtime/formats/avro/read-avro-schema.ts";
import { writtenRecord } from "../../../runtime/formats/avro/written-value.ts";
import type { TypeDescriptor } from "../../../runtime/formats/type-descriptor.ts";
import { valueType, type ValueField } from "../../../runtime/formats/value-type.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";

/** What a schema file and declared columns come to. */
export type AvroFit = { readonly ok: true } | { readonly ok: false; readonly isSchema: boolean; readonly problem: string };

/** Whether columns can be read from, or written with, the schema of a file; found by what the runtime does. */
export function avroFit(text: string, fields: readonly Field[], verb: "read" | "write"): AvroFit {
  const read = readAvroSchema(text);
  if (!read.ok) return { ok: false, isSchema: false, problem: read.problem };
  const { type } = read;
  if (type.kind !== "record") return { ok: false, isSchema: false, problem: "it declares no record" };
  const columns: readonly ValueField[] = fields.map((field) => ({ name: field.name, type: valueType(descriptorOf(field.type, field.nullable)) }));
  try {
    if (verb === "read") for (const column of columns) fieldConversion(type, column, column.name);
    else writtenRecord(columns, type);
  } catch (error) {
    if (error instanceof UnfitSchema) return { ok: false, isSchema: true, problem: error.message };
    throw error;
  }
  const strict = verb === "write" ? fields.find((field) => field.nullable && !takesNull(type, field.name)) : undefined;
  return strict === undefined ? { ok: true } : { ok: false, isSchema: true, problem: `\`${strict.name}\` may be null, and the schema takes no null` };
}

function takesNull(record: Extract<ReturnType<typeof readAvroSchema>, { readonly ok: true }>["type"], name: string): boolean {
  const field = record.kind === "record" ? record.fields.find((each) => each.name === name) : undefined;
  return field === undefined || withoutNull(field.type)?.nullable === true;
}

/** The type as the runtime's own functions take it. */
function descriptorOf(type: DataType, nullable: boolean): TypeDescriptor {
  const mark = nullable ? ({ nullable: true } as const) : {};
  switch (type.kind) {
    case "array":
      return { array: descriptorOf(type.element, type.elementNullable), ...mark };
    case "map":
      return { map: [descriptorOf(type.key, false), descriptorOf(type.value, type.valueNullable)], ...mark };
    case "record":
      return { record: type.fields.map((field) => [field.name, descriptorOf(field.type, field.nullable)]), ...mark };
    case "decimal":
      return `decimal(${type.precision},${type.scale})${nullable ? "?" : ""}`;
    case "null":
    case "error":
      // Nothing but null is of this type, or what is wrong with it is said elsewhere.
      return "string?";
    default:
      return nullable ? `${type.kind}?` : type.kind;
  }
}
