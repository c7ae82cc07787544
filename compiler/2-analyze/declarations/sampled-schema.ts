import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { inferCsv } from "../../catalog/inference/infer-csv.ts";
import { inferJson } from "../../catalog/inference/infer-json.ts";
import type { Inferred } from "../../catalog/inference/inferred.ts";
import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import { badSample, inferenceNotAllowed, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { booleanType, stringType } from "../../ir/types/data-type.ts";
import { SourceText } from "../../source/source-text.ts";
import { matchOptions } from "../connectors/check-arguments.ts";
import type { SourceFiles } from "../source-files.ts";

/** What a schema from a sample needs of its job. */
export interface SampleContext {
  readonly files: SourceFiles;
  /** `option inferSchema = true`. */
  readonly mayInfer: boolean;
  report(diagnostic: Diagnostic): void;
}

const path: OptionSpec = { name: "path", type: stringType, position: 0, required: true };
const flag = (name: string): OptionSpec => ({ name, type: booleanType });
const text = (name: string): OptionSpec => ({ name, type: stringType });

/** The formats of samples, each with its options. */
const formats: ReadonlyMap<string, { readonly options: readonly OptionSpec[]; readonly infer: (sample: string, given: Given) => Inferred }> = new Map([
  [
    "json",
    {
      options: [path, flag("primitivesAsString"), flag("prefersDecimal"), flag("inferTimestamp")],
      infer: (sample: string, given: Given) =>
        inferJson(sample, { primitivesAsString: given.get("primitivesAsString") === true, prefersDecimal: given.get("prefersDecimal") === true, inferTimestamp: given.get("inferTimestamp") === true }),
    },
  ],
  [
    "csv",
    {
      options: [path, flag("header"), text("separator"), text("quote"), text("nullValue")],
      infer: (sample: string, given: Given) =>
        inferCsv(sample, { header: given.get("header") === true, separator: wordOf(given, "separator") || ",", quote: wordOf(given, "quote") ?? '"', nullValue: wordOf(given, "nullValue") ?? "" }),
    },
  ],
]);

type Given = ReadonlyMap<string, string | boolean>;

/** The fields of `schema … from json("sample.json")`, inferred when the job is compiled; undefined after a report. */
export function sampledFields(name: Name, call: CallExpression, context: SampleContext): readonly Field[] | undefined {
  const format = formats.get(call.callee.text);
  const given = format === undefined ? undefined : literalOptions(call, format.options, context);
  const from = given === undefined ? undefined : wordOf(given, "path");
  if (format === undefined || given === undefined || from === undefined) return undefined;
  if (!context.mayInfer) {
    context.report(inferenceNotAllowed({ name: name.text }).at(call.span).helped(`write the fields: \`schema ${name.text} { … }\`, or allow it for the job: \`option inferSchema = true\``));
    return undefined;
  }
  const at = call.args.find((argument) => argument.name === undefined || argument.name.text === "path")?.span ?? call.span;
  const file = context.files.read(from);
  if (file === undefined) {
    context.report(missingSample({ path: from }).at(at).helped("put the sample there, or write the fields"));
    return undefined;
  }
  const inferred = format.infer(file.text, given);
  if (inferred.ok) return inferred.fields;
  const { line, column } = new SourceText(file.path, file.text).locate(inferred.at);
  context.report(badSample({ path: from, place: inferred.at === 0 ? "" : ` (line ${line}, column ${column})`, reason: inferred.reason }).at(at));
  return undefined;
}

const literalWords: Readonly<Record<string, string>> = { StringLiteral: "a string", BooleanLiteral: "a boolean", NumberLiteral: "a number", NullLiteral: "null" };

/** The sample that a schema names, for people. */
export function samplePath(call: CallExpression): string {
  const value = call.args.find((argument) => argument.name === undefined || argument.name.text === "path")?.value;
  return value?.kind === "StringLiteral" ? value.value : "";
}

/** The options by name, all of them literals: the schema is needed before anything runs. */
function literalOptions(call: CallExpression, specs: readonly OptionSpec[], context: SampleContext): Given | undefined {
  const given = new Map<string, string | boolean>();
  let complete = true;
  const matched = matchOptions(call, specs, context);
  for (const { spec, argument } of matched) {
    const { value } = argument;
    const isFlag = typeof spec.type === "object" && spec.type.kind === "boolean";
    const fits = isFlag ? value.kind === "BooleanLiteral" : value.kind === "StringLiteral";
    if (fits && (value.kind === "BooleanLiteral" || value.kind === "StringLiteral")) given.set(spec.name, value.value);
    else {
      const expected = isFlag ? "true or false" : "a text";
      context.report(connectorOptionType({ name: spec.name, expected, found: literalWords[value.kind] ?? "an expression" }).at(value.span).helped("a schema is inferred before anything runs: write the value here"));
      complete = false;
    }
  }
  return complete && given.has("path") ? given : undefined;
}

function wordOf(given: Given, name: string): string | undefined {
  const value = given.get(name);
  return typeof value === "string" ? value : undefined;
}
