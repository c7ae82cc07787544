import { avroFields } from "../../catalog/formats/avro-fields.ts";
import { avroField } from "../../diagnostics/catalogue/avro.ts";
import { badSample, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Field } from "../../ir/types/data-type.ts";
import type { SampleContext } from "./sampled-schema.ts";
import { schemaPath } from "./schema-path.ts";

/** The fields of `schema … from avro("x.avsc")`; undefined after a report. A schema file declares, so nothing is inferred. */
export function avroSchemaFields(call: CallExpression, context: Omit<SampleContext, "mayInfer">): readonly Field[] | undefined {
  const from = schemaPath(call, context);
  if (from === undefined) return undefined;
  const file = context.files.read(from.path);
  if (file === undefined) {
    context.report(missingSample({ path: from.path }).at(from.span).helped("put the schema file there, or write the fields"));
    return undefined;
  }
  const found = avroFields(file.text);
  if (found.ok) return found.fields;
  if ("reason" in found) context.report(badSample({ path: from.path, place: "", reason: found.reason }).at(from.span));
  else for (const { field, reason } of found.unsupported) context.report(avroField({ path: from.path, field, reason }).at(from.span).helped("write the fields that the job reads: `schema … { … }`"));
  return undefined;
}
