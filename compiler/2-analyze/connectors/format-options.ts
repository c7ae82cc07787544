import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { findFormat, formatsWith } from "../../catalog/formats/registry.ts";
import { connectorOptionType, formatColumn } from "../../diagnostics/catalogue/connectors.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { FormatOptions, OptionValue } from "../../ir/logical/input.ts";
import { typeText, type Field, type TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { GivenOption } from "./check-arguments.ts";

const timestamps: ReadonlySet<TypeKind> = new Set(["timestamp"]);

/** The word that stands at `format`, before it is checked: it decides which options there are. */
export function writtenFormat(call: CallExpression): string | undefined {
  const value = call.args.find((argument) => argument.name?.text === "format")?.value;
  return value?.kind === "StringLiteral" ? value.value : undefined;
}

/** What a format's reader can be told. */
export function readingOptions(format: string | undefined, hasFiles: boolean): readonly OptionSpec[] {
  const found = findFormat(format);
  return found === undefined ? [] : found.reading.filter(({ name }) => (hasFiles ? found.ofMessages?.has(name) !== true : !found.ofFiles.has(name)));
}

/** What a format's writer can be told. */
export function writingOptions(format: string | undefined, ofMessages: boolean): readonly OptionSpec[] {
  const found = findFormat(format);
  return found?.writing.filter(({ name }) => ofMessages || found.ofMessages?.has(name) !== true) ?? [];
}

/** Where an option belongs that what is at hand has not. */
export function formatHint(name: string, use: "reading" | "writing", format: string | undefined): string | undefined {
  const formats = formatsWith(name, use);
  const [only] = formats;
  if (only === undefined) return undefined;
  if (format !== undefined && formats.includes(format)) return `only ${findFormat(format)?.ofMessages?.has(name) === true ? "messages" : "files"} in the format ${format} have it`;
  return formats.length === 1 ? `it is an option of the format ${only}: add \`format: "${only}"\`` : `it is an option of the formats ${formats.join(" and ")}`;
}

/** The values of a format's options. Readers and writers are made for them, so they are constants, but for those that are known at start. */
export function constantOptions(given: readonly GivenOption[], values: readonly OptionValue[], specs: readonly OptionSpec[], job: JobContext, format: string | undefined): FormatOptions {
  const options: Record<string, LiteralValue> = {};
  const atStart = findFormat(format)?.atStart;
  for (const { spec, argument } of given) {
    if (!specs.includes(spec) || atStart?.has(spec.name) === true) continue;
    const value = values.find(({ name }) => name === spec.name)?.value;
    if (value?.kind === "Literal") options[spec.name] = value.value;
    else if (value !== undefined) job.report(connectorOptionType({ name: spec.name, expected: "a constant", found: "a value that is known at start" }).at(argument.value.span).helped("write the value itself"));
  }
  return options;
}

/** Timestamps that name no zone are in the job's. */
export function zoneOption(format: string | undefined, fields: readonly Field[], job: JobContext): FormatOptions {
  const reads = findFormat(format)?.reading.some(({ name }) => name === "timeZone") === true && fields.some(({ type }) => holdsKind(type, timestamps));
  return reads && job.timezone !== "UTC" ? { timeZone: job.timezone } : {};
}

/** Columns that a format has no form for. */
export function checkFormatColumns(format: string | undefined, fields: readonly Field[], at: Span, verb: "read" | "write", job: JobContext): void {
  const found = findFormat(format);
  for (const { name, type } of fields) {
    const oddName = verb === "write" ? found?.lacksName?.(name, type) : undefined;
    if (oddName !== undefined) job.report(formatColumn({ name, type: typeText(type), format: format ?? "", lack: oddName, verb }).at(at).helped("rename it: `|> rename … as …`"));
    const lack = found?.lacks?.(type);
    if (lack !== undefined) job.report(formatColumn({ name, type: typeText(type), format: format ?? "", lack, verb }).at(at).helped(verb === "read" ? 'read the column as a `string`, and use `from_json` on it, or `format: "json"`' : 'write `to_json` of it, or `format: "json"`'));
  }
}
