import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { avroFields } from "../../catalog/formats/avro-fields.ts";
import { avroField } from "../../diagnostics/catalogue/avro.ts";
import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import { badSample, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { stringType } from "../../ir/types/data-type.ts";
import { matchOptions } from "../connectors/check-arguments.ts";
import type { SampleContext } from "./sampled-schema.ts";

const path: OptionSpec = { name: "path", type: stringType, position: 0, required: true };

/** The fields of `schema … from avro("x.avsc")`; undefined after a report. A schema file declares, so nothing is inferred. */
export function avroSchemaFields(call: CallExpression, context: Omit<SampleContext, "mayInfer">): readonly Field[] | undefined {
  const argument = matchOptions(call, [path], context)[0]?.argument;
  if (argument === undefined) return undefined;
  const { value } = argument;
  if (value.kind !== "StringLiteral") {
    context.report(connectorOptionType({ name: "path", expected: "a text", found: "an expression" }).at(value.span).helped("a schema is read before anything runs: write the path here"));
    return undefined;
  }
  const file = context.files.read(value.value);
  if (file === undefined) {
    context.report(missingSample({ path: value.value }).at(argument.span).helped("put the schema file there, or write the fields"));
    return undefined;
  }
  const found = avroFields(file.text);
  if (found.ok) return found.fields;
  if ("reason" in found) context.report(badSample({ path: value.value, place: "", reason: found.reason }).at(argument.span));
  else for (const { field, reason } of found.unsupported) context.report(avroField({ path: value.value, field, reason }).at(argument.span).helped("write the fields that the job reads: `schema … { … }`"));
  return undefined;
}
