import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { stringType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { matchOptions } from "../connectors/check-arguments.ts";
import type { SampleContext } from "./sampled-schema.ts";

const path: OptionSpec = { name: "path", type: stringType, position: 0, required: true };

/** The path in `schema … from avro("x.avsc")`, and where it stands; undefined after a report. */
export function schemaPath(call: CallExpression, context: Pick<SampleContext, "report">): { readonly path: string; readonly span: Span } | undefined {
  const argument = matchOptions(call, [path], context)[0]?.argument;
  if (argument === undefined) return undefined;
  const { value, span } = argument;
  if (value.kind === "StringLiteral") return { path: value.value, span };
  context.report(connectorOptionType({ name: "path", expected: "a text", found: "an expression" }).at(value.span).helped("a schema is read before anything runs: write the path here"));
  return undefined;
}
