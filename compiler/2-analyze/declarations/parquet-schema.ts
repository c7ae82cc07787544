import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { inferParquet } from "../../catalog/inference/infer-parquet.ts";
import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import { parquetColumn } from "../../diagnostics/catalogue/parquet.ts";
import { badSample, inferenceNotAllowed, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { stringType } from "../../ir/types/data-type.ts";
import { matchOptions } from "../connectors/check-arguments.ts";
import type { SampleContext } from "./sampled-schema.ts";

const path: OptionSpec = { name: "path", type: stringType, position: 0, required: true };

/** The fields of `schema … from parquet("sample.parquet")`, which stand in the file; undefined after a report. */
export function parquetSchemaFields(name: Name, call: CallExpression, context: SampleContext): readonly Field[] | undefined {
  const argument = matchOptions(call, [path], context)[0]?.argument;
  if (argument === undefined) return undefined;
  const { value } = argument;
  if (value.kind !== "StringLiteral") {
    context.report(connectorOptionType({ name: "path", expected: "a text", found: "an expression" }).at(value.span).helped("a schema is read before anything runs: write the path here"));
    return undefined;
  }
  const from = value.value;
  if (!context.mayInfer) {
    context.report(inferenceNotAllowed({ name: name.text }).at(call.span).helped(`write the fields: \`schema ${name.text} { … }\`, or allow it for the job: \`option inferSchema = true\``));
    return undefined;
  }
  const bytes = context.files.readBytes?.(from);
  if (bytes === undefined) {
    context.report(missingSample({ path: from }).at(argument.span).helped("put the sample there, or write the fields"));
    return undefined;
  }
  const found = inferParquet(bytes);
  if (found.ok) return found.fields;
  if ("reason" in found) context.report(badSample({ path: from, place: "", reason: found.reason }).at(argument.span));
  else context.report(parquetColumn({ path: from, column: found.column, found: found.found }).at(argument.span).helped(`write the fields that the job reads: \`schema ${name.text} { … }\``));
  return undefined;
}
