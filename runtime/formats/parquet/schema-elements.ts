import type { ValueField, ValueType } from "../value-type.ts";
import type { SchemaElement } from "./parquet-footer.ts";

/** The schema of a file with these columns, the root first, as Spark writes it (lists of three levels, instants in microseconds). */
export function schemaElements(columns: readonly ValueField[]): SchemaElement[] {
  return [{ name: "spark_schema", num_children: columns.length }, ...columns.flatMap(({ name, type }) => elementsOf(name, type))];
}

function elementsOf(name: string, type: ValueType): readonly SchemaElement[] {
  const base = { name, repetition_type: type.nullable ? "OPTIONAL" : "REQUIRED" } as const;
  switch (type.kind) {
    case "record":
      return [{ ...base, num_children: type.fields.length }, ...type.fields.flatMap((field) => elementsOf(field.name, field.type))];
    case "array":
      return [{ ...base, num_children: 1, converted_type: "LIST", logical_type: { type: "LIST" } }, { name: "list", repetition_type: "REPEATED", num_children: 1 }, ...elementsOf("element", type.element)];
    case "map":
      return [
        { ...base, num_children: 1, converted_type: "MAP", logical_type: { type: "MAP" } },
        { name: "key_value", repetition_type: "REPEATED", num_children: 2 },
        ...elementsOf("key", { ...type.key, nullable: false }),
        ...elementsOf("value", type.value),
      ];
    default:
      return [{ ...base, ...leafOf(type) }];
  }
}

type LeafType = Exclude<ValueType, { readonly kind: "record" | "array" | "map" }>;

function leafOf(type: LeafType): Omit<SchemaElement, "name"> {
  switch (type.kind) {
    case "boolean":
      return { type: "BOOLEAN" };
    case "int":
      return { type: "INT32" };
    case "long":
    case "duration":
      return { type: "INT64" };
    case "float":
      return { type: "FLOAT" };
    case "double":
      return { type: "DOUBLE" };
    case "string":
      return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
    case "binary":
      return { type: "BYTE_ARRAY" };
    case "date":
      return { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } };
    case "timestamp":
      return { type: "INT64", converted_type: "TIMESTAMP_MICROS", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } };
    case "decimal":
      return { ...decimalLeaf(type.precision), converted_type: "DECIMAL", precision: type.precision, scale: type.scale, logical_type: { type: "DECIMAL", precision: type.precision, scale: type.scale } };
  }
}

function decimalLeaf(precision: number): Pick<SchemaElement, "type" | "type_length"> {
  if (precision <= 9) return { type: "INT32" };
  if (precision <= 18) return { type: "INT64" };
  // As many bytes as the largest value takes with its sign.
  const bits = (10n ** BigInt(precision)).toString(2).length + 1;
  return { type: "FIXED_LEN_BYTE_ARRAY", type_length: Math.ceil(bits / 8) };
}
