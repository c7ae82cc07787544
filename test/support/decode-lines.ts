import { isUtf8 } from "node:buffer";
import type { Field } from "../../compiler/ir/types/data-type.ts";
import { descriptorText } from "../../compiler/5-emit/value-type.ts";
import { decodeJsonText } from "../../runtime/formats/json-decode.ts";
import type { TypeDescriptor } from "../../runtime/formats/type-descriptor.ts";
import { valueType, type ValueType } from "../../runtime/formats/value-type.ts";

/** The record type that the exact decoder takes for some fields. */
export function recordTypeOf(fields: readonly Field[]): ValueType {
  return valueType({ record: fields.map((field) => [field.name, descriptorOf(field)]) });
}

function descriptorOf(field: Field): TypeDescriptor {
  // The compiler writes descriptors as the text of TypeScript literals.
  return new Function(`return ${descriptorText(field.type, field.nullable)}`)() as TypeDescriptor;
}

/** What the exact decoder alone makes of lines: the rows, and the lines that are malformed. */
export function decodeLines(bytes: Uint8Array, fields: readonly Field[]): { readonly rows: readonly unknown[]; readonly malformed: readonly string[] } {
  const record = recordTypeOf(fields);
  const rows: unknown[] = [];
  const malformed: string[] = [];
  for (const text of Buffer.from(bytes).toString("latin1").split(/\n|\r/)) {
    const line = Buffer.from(text, "latin1");
    if (!isUtf8(line)) {
      malformed.push(text);
      continue;
    }
    const several = /^[ \t]*\[/.test(text);
    const { value, problem, blank } = decodeJsonText(line.toString("utf8"), several ? { kind: "array", element: record, nullable: false } : record);
    if (blank) continue;
    if (problem !== undefined || value === null) malformed.push(text);
    else rows.push(...(Array.isArray(value) ? value : [value]));
  }
  return { rows, malformed };
}
