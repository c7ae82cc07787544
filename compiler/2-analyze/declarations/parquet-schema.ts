import { inferParquet } from "../../catalog/inference/infer-parquet.ts";
import { parquetColumn } from "../../diagnostics/catalogue/parquet.ts";
import { badSample, inferenceNotAllowed, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Field } from "../../ir/types/data-type.ts";
import type { SampleContext } from "./sampled-schema.ts";
import { schemaPath } from "./schema-path.ts";

/** The fields of `schema … from parquet("sample.parquet")`, which stand in the file; undefined after a report. */
export function parquetSchemaFields(name: Name, call: CallExpression, context: SampleContext): readonly Field[] | undefined {
  const from = schemaPath(call, context);
  if (from === undefined) return undefined;
  if (!context.mayInfer) {
    context.report(inferenceNotAllowed({ name: name.text }).at(call.span).helped(`write the fields: \`schema ${name.text} { … }\`, or allow it for the job: \`option inferSchema = true\``));
    return undefined;
  }
  const bytes = context.files.readBytes?.(from.path);
  if (bytes === undefined) {
    context.report(missingSample({ path: from.path }).at(from.span).helped("put the sample there, or write the fields"));
    return undefined;
  }
  const found = inferParquet(bytes);
  if (found.ok) return found.fields;
  if ("reason" in found) context.report(badSample({ path: from.path, place: "", reason: found.reason }).at(from.span));
  else context.report(parquetColumn({ path: from.path, column: found.column, found: found.found }).at(from.span).helped(`write the fields that the job reads: \`schema ${name.text} { … }\``));
  return undefined;
}
