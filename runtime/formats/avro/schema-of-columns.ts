import type { ValueField, ValueType } from "../value-type.ts";

/** What Avro takes as the name of a field. */
const fieldName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a column can be called that in Avro. */
export function isAvroName(name: string): boolean {
  return fieldName.test(name) && name !== "__proto__";
}

/**
 * The schema that rows are written with where the job names none: every column a field of its name and type, what may be null a union
 * with null first and null as its default, so that columns may come and go. Records are named after their place.
 */
export function schemaOfColumns(columns: readonly ValueField[]): string {
  return JSON.stringify(recordSchema("Row", columns));
}

function recordSchema(name: string, fields: readonly ValueField[]): object {
  return { type: "record", name, fields: fields.map(({ name: field, type }) => ({ name: field, type: schemaOf(type, `${name}_${field}`), ...(type.nullable ? { default: null } : {}) })) };
}

function schemaOf(type: ValueType, name: string): unknown {
  const bare = bareSchema(type, name);
  return type.nullable ? ["null", bare] : bare;
}

function bareSchema(type: ValueType, name: string): unknown {
  switch (type.kind) {
    case "binary":
      return "bytes";
    case "decimal":
      return { type: "bytes", logicalType: "decimal", precision: type.precision, scale: type.scale };
    case "date":
      return { type: "int", logicalType: "date" };
    case "timestamp":
      return { type: "long", logicalType: "timestamp-micros" };
    case "duration":
      // Avro's times are times of day; Spark too writes its intervals as longs.
      return "long";
    case "array":
      return { type: "array", items: schemaOf(type.element, `${name}_item`) };
    case "map":
      return { type: "map", values: schemaOf(type.value, `${name}_value`) };
    case "record":
      return recordSchema(name, type.fields);
    default:
      return type.kind;
  }
}
