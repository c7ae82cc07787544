import { defineDiagnostic } from "../define.ts";

/** Options of Avro's messages that leave open, or say twice, where their schemas come from. */
export const avroSchemaSource = defineDiagnostic<{ message: string }>({
  code: "E5080",
  slug: "avro-schema-source",
  message: ({ message }) => message,
  label: () => "where the schemas come from",
});

/** A schema file that the declared columns do not fit. */
export const avroColumn = defineDiagnostic<{ problem: string }>({
  code: "E5081",
  slug: "avro-column",
  message: ({ problem }) => `the columns do not fit the schema file: ${problem}`,
  label: () => "other columns than the schema's",
});

/** A field of a schema file that no type of the language can hold. */
export const avroField = defineDiagnostic<{ path: string; field: string; reason: string }>({
  code: "E5082",
  slug: "avro-field",
  message: ({ path, field, reason }) => `the field \`${field}\` of \`${path}\` ${reason}`,
  label: () => "has no type here",
});
