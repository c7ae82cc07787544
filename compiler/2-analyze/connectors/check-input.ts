import type { OptionSpec, SourceCapabilities } from "../../catalog/connectors/connector.ts";
import { findSource, sourceNames } from "../../catalog/connectors/registry.ts";
import { inputType, malformedNull, optionsTogether, textColumns, unknownConnector, wrongBoundedness } from "../../diagnostics/catalogue/connectors.ts";
import { paramNotAllowed } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { InputStatement } from "../../ir/ast/statement.ts";
import type { Input, MalformedPolicy, OptionValue } from "../../ir/logical/input.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { booleanType, stringType, typeText } from "../../ir/types/data-type.ts";
import { resolveType } from "../declarations/resolve-type.ts";
import type { JobContext } from "../job-context.ts";
import type { GivenOption } from "./check-arguments.ts";
import { checkTogether, constantText, formatOption, matchOptions, optionValue } from "./check-arguments.ts";
import { avroSettings } from "./avro-options.ts";
import { checkPositions } from "./check-positions.ts";
import { checkFormatColumns, constantOptions, formatHint, readingOptions, writtenFormat, zoneOption } from "./format-options.ts";
import { checkDecoder, checkReceiver } from "./check-receiver.ts";
import { malformedPolicy } from "./malformed-policy.ts";
import { partitioningColumns } from "./partitioned-by.ts";

const line: Field = { name: "value", type: stringType, nullable: false };

/** Checks a source or table; undefined where its columns cannot be known (and that is reported). */
export function checkInput(statement: InputStatement, job: JobContext): Input | undefined {
  const declared = statement.type === undefined ? undefined : declaredFields(statement, job);
  const capabilities = findCapabilities(statement.from, job);
  if (capabilities === undefined) return undefined;
  if (statement.bounded ? !capabilities.bounded : !capabilities.unbounded) {
    const kind = statement.bounded ? "table" : "source";
    job.report(wrongBoundedness({ connector: statement.from.callee.text, declared: kind }).at(statement.from.callee.span).helped(`declare it as \`${statement.bounded ? "source" : "table"} ${statement.name.text}\``));
  }
  const formats = [...capabilities.formats, ...(capabilities.laterFormats ?? [])];
  const formatSpecs = readingOptions(writtenFormat(statement.from) ?? (capabilities.ownColumns === undefined ? capabilities.formats[0] : undefined), capabilities.hasFiles === true);
  const ofRecords: readonly OptionSpec[] = formats.length === 0 ? [] : [...formatSpecs, formatOption(formats), { name: "malformed", type: stringType }, { name: "strict", type: booleanType }];
  const specs = [...capabilities.options.filter(({ ofTables }) => ofTables !== true || statement.bounded), ...ofRecords];
  const given = matchOptions(statement.from, specs, job, (name) => capabilities.habits?.get(name) ?? tableHint(name, capabilities) ?? formatHint(name, "reading", writtenFormat(statement.from)));
  const malformed = malformedPolicy(given.find(({ spec }) => spec.name === "malformed")?.argument, job);
  const values = given.filter(({ spec }) => spec.name !== "malformed").flatMap((option) => optionValue(option, job) ?? []);
  checkTogether(capabilities.checkTogether, given, values, job);
  checkPositions({ given, values, bounded: statement.bounded }, job);
  checkEffect(statement, capabilities, given, job);
  const argument = given.find(({ spec }) => spec.type === "imported")?.argument;
  const user = argument === undefined ? {} : statement.from.callee.text === "custom" ? checkReceiver(argument, job) : checkDecoder(argument, job);
  checkDecoded(statement, given, malformed, job);
  const strict = given.find(({ spec }) => spec.name === "strict")?.argument.value;
  if (strict?.kind === "NameExpression" && job.params.has(strict.name.text)) job.report(paramNotAllowed({ name: strict.name.text, where: "`strict`" }).at(strict.span).helped("write `true` or `false`"));
  const format = inputFormat(statement, capabilities, given, values, job);
  if (format === "unknown") return undefined;
  if (user === undefined) return undefined;
  const fields = inputFields(statement, capabilities, format, declared, job);
  if (fields === undefined) return undefined;
  checkMalformed(malformed, given, fields, job);
  checkFormatColumns(format, fields, statement.type?.span ?? statement.name.span, "read", job);
  const avro = avroSettings({ format, given, values, specs: formatSpecs, constants: constantOptions(given, values, formatSpecs, job, format), ofMessages: capabilities.ofMessages === true, fields, verb: "read", at: statement.from.span }, job);
  // Elsewhere than in files, each line is a record of its own.
  const formatOptions = { ...zoneOption(format, fields, job), ...avro.formatOptions, ...(format === "csv" && capabilities.hasFiles !== true ? { multiLine: false } : {}) };
  return {
    name: statement.name.text,
    bounded: statement.bounded,
    span: statement.name.span,
    connector: statement.from.callee.text,
    options: values.filter(({ name }) => name !== "format" && name !== "strict" && name !== "partitionedBy" && !formatSpecs.some((spec) => spec.name === name)),
    format,
    ...(Object.keys(formatOptions).length === 0 ? {} : { formatOptions }),
    ...(avro.registry === undefined ? {} : { registry: avro.registry }),
    fields,
    ...hiddenColumns(capabilities, fields, job),
    ...partitioningColumns(given, values, fields, job),
    malformed: malformed ?? { kind: "fail" },
    ...user,
    strict: values.some(({ name, value }) => name === "strict" && value.kind === "Literal" && value.value === true),
  };
}

/** Options that would be read by nothing. */
function checkEffect({ bounded, from, name }: InputStatement, { ofMessages }: SourceCapabilities, given: readonly GivenOption[], job: JobContext): void {
  const refuse = ({ spec, argument }: GivenOption, why: string, help: string): void => job.report(optionsTogether({ message: `\`${spec.name}\` has no effect: ${why}` }).at(argument.span).helped(help));
  if (bounded) for (const option of given.filter(({ spec }) => spec.ofStreams === true)) refuse(option, `the table \`${name.text}\` is read as a whole`, "leave it out");
  const malformed = given.find(({ spec }) => spec.name === "malformed");
  // Messages as they are can only be too large.
  const isWhole = ofMessages === true && writtenFormat(from) === undefined && !given.some(({ spec }) => spec.name === "format" || spec.name === "maxMessageBytes");
  if (malformed !== undefined && isWhole) refuse(malformed, "without a format every message is a row", 'add `format: "json"`, or leave it out');
}

/** Where an option belongs that a source has not and a table has. */
function tableHint(name: string, { options }: SourceCapabilities): string | undefined {
  return options.some((spec) => spec.name === name && spec.ofTables === true) ? "only a `table` has it: a source goes on with what is new" : undefined;
}

/** Those that the job names somewhere, and no declared column hides. */
function hiddenColumns(capabilities: SourceCapabilities, fields: readonly Field[], job: JobContext): Pick<Input, "hiddenColumns"> {
  const named = (capabilities.hiddenColumns ?? []).filter(({ name }) => job.mentions(name) && !fields.some((field) => field.name === name));
  return named.length === 0 ? {} : { hiddenColumns: named };
}

function findCapabilities(call: CallExpression, job: JobContext): SourceCapabilities | undefined {
  const name = call.callee.text;
  const capabilities = findSource(name);
  if (capabilities === "later") job.report(notInThisVersion({ what: `the source \`${name}\`` }).at(call.callee.span));
  if (capabilities === undefined) {
    const help = suggestion(name, sourceNames(), "sources");
    const diagnostic = unknownConnector({ name, role: "source" }).at(call.callee.span);
    job.report(diagnostic.helped(help ?? `the sources are ${sourceNames().map((known) => `\`${known}\``).join(", ")}`));
  }
  return capabilities === "later" ? undefined : capabilities;
}

/** The fields of the written TYPE; `broken` where it is reported. */
function declaredFields(statement: InputStatement, job: JobContext): readonly Field[] | "broken" {
  if (statement.type === undefined) return "broken";
  const { type, nullable } = resolveType(statement.type, job.types);
  if (type.kind === "error") return "broken";
  if (type.kind === "record" && !nullable && type.fields.length > 0) return type.fields;
  const found = type.kind === "record" ? (type.fields.length === 0 ? "a record without fields" : `${typeText(type)}?`) : typeText(type);
  job.report(inputType({ message: `the rows of an input are a schema or a record, found ${found}` }).at(statement.type.span).labelled("not a type of rows"));
  return "broken";
}

/** The format by name, else the connector's first where it has no columns of its own; `unknown` after a report. */
function inputFormat(statement: InputStatement, capabilities: SourceCapabilities, given: readonly GivenOption[], values: readonly OptionValue[], job: JobContext): string | undefined | "unknown" {
  const option = given.find(({ spec }) => spec.name === "format");
  if (option === undefined) return capabilities.ownColumns === undefined ? (statement.type === undefined ? "text" : capabilities.formats[0]) : undefined;
  const format = constantText(values.find(({ name }) => name === "format"));
  if (format === undefined) return "unknown";
  if (capabilities.formats.includes(format)) return format;
  job.report(notInThisVersion({ what: `the format ${format}` }).at(option.argument.value.span));
  return "unknown";
}

function inputFields(statement: InputStatement, capabilities: SourceCapabilities, format: string | undefined, declared: readonly Field[] | "broken" | undefined, job: JobContext): readonly Field[] | undefined {
  if (declared === "broken") return undefined;
  const at = statement.name.span;
  if (format === undefined) {
    if (declared === undefined) return capabilities.ownColumns;
    job.report(inputType({ message: `\`${statement.from.callee.text}\` without a format has columns of its own` }).at(statement.type?.span ?? at).labelled(capabilities.formats.length === 0 ? "it takes no type" : "a type needs a format").helped(capabilities.formats.length === 0 ? "leave the type out" : 'add `format: "json"`'));
    return undefined;
  }
  if (format === "text") {
    if (declared === undefined) {
      if (statement.from.args.some((argument) => argument.name?.text === "format") || capabilities.ownColumns !== undefined) return [line];
      job.report(inputType({ message: `\`${statement.name.text}\` needs a type` }).at(at).labelled("its columns are not known").helped(`write \`${statement.bounded ? "table" : "source"} ${statement.name.text}: SCHEMA from …\`, or \`format: "text"\` for plain lines`));
      return undefined;
    }
    const [first] = declared;
    if (declared.length === 1 && first?.type.kind === "string") return declared;
    job.report(textColumns({ found: declared.length === 1 ? typeText(declared[0]?.type ?? stringType) : `${declared.length} columns` }).at(statement.type?.span ?? at).helped("leave the type out: the column is then `value: string`"));
    return undefined;
  }
  if (declared !== undefined) return declared;
  job.report(inputType({ message: `the format ${format} needs a type` }).at(at).labelled("its columns are not known").helped(`write \`${statement.bounded ? "table" : "source"} ${statement.name.text}: SCHEMA from …\``));
  return undefined;
}

/** What `decode` cannot make anything of has no columns, of which nulls could be made. */
function checkDecoded({ from }: InputStatement, given: readonly GivenOption[], malformed: MalformedPolicy | undefined, job: JobContext): void {
  const policy = given.find(({ spec }) => spec.name === "malformed")?.argument;
  if (malformed?.kind !== "null" || policy === undefined || !given.some(({ spec }) => spec.name === "decode")) return;
  job.report(optionsTogether({ message: `\`${from.callee.text}\` with \`decode\` cannot give nulls for malformed records` }).at(policy.span).helped('write `malformed: "drop"` or name a side output'));
}

function checkMalformed(malformed: MalformedPolicy | undefined, given: readonly GivenOption[], fields: readonly Field[], job: JobContext): void {
  const option = given.find(({ spec }) => spec.name === "malformed");
  const strict = malformed?.kind === "null" ? fields.find((field) => !field.nullable) : undefined;
  if (option !== undefined && strict !== undefined) {
    job.report(malformedNull({ column: strict.name }).at(option.argument.span).labelled(`\`${strict.name}\` may not be null`).helped(`declare \`${strict.name}: ${typeText(strict.type)}?\``));
  }
}
