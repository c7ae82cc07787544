import { columnOnSpark, connectorOnSpark, headerOnSpark, malformedIntoOnSpark, malformedOtherwise, optionOnSpark, socketOnSpark, tableReadOnce } from "../../diagnostics/catalogue/spark-connectors.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { Scan } from "../../ir/logical/scan.ts";
import { typeText, type Field } from "../../ir/types/data-type.ts";
import { sparkTypeOf } from "../expressions/type-of.ts";
import { pyCall, pyConstant, pyDict, pyList, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { formOf, sourceForms } from "./connector-forms.ts";
import { readingForms, recordDifferences, unreadable } from "./format-forms.ts";
import { kafkaAccess } from "./kafka-access.ts";
import { formatEntries, optionEntries, optionValue, plainConstant, type Entries } from "./option-value.ts";

type Named = Record<string, Py>;

const run = pyName("run");

/** The expression that the function of a source or table returns: a frame with the scan's columns. */
export function readInput(scan: Scan, context: SparkContext): Py {
  const { input } = scan;
  const form = sourceForms[input.connector];
  if (form === undefined || form.kind === "refused") {
    context.tell(connectorOnSpark({ name: input.connector, role: "source", reason: form?.reason ?? "it is not known there" }).at(input.span).helped(form?.nearest ?? "read from `file` or `kafka`"));
    return pyMethod(run, "files", []);
  }
  checkRecords(input, context);
  const options = optionEntries(input.options, (name) => formOf(form, name), input.span, context);
  switch (input.connector) {
    case "kafka":
      return kafkaCall(scan, options, context);
    case "socket":
      return socketCall(scan, context);
    case "rate":
      return pyMethod(run, "rate", [pyText(input.name), readNames(scan)], optionsArgument(options));
    default:
      return filesCall(scan, options, context);
  }
}

function filesCall(scan: Scan, options: Entries, context: SparkContext): Py {
  const { input } = scan;
  const format = input.format ?? "json";
  const path = argument(input, "path", context);
  if (input.bounded && !isFalse(input, "reread") && context.job.inputs.some(({ bounded }) => !bounded)) context.tell(tableReadOnce({ table: input.name }).at(input.span).helped("write `reread: false` behind the table, which then means the same in Node"));
  if (format === "csv" && !input.bounded && input.formatOptions?.["header"] === true && input.formatOptions["enforceSchema"] !== true) {
    context.tell(headerOnSpark({ input: input.name }).at(input.span).helped("declare all columns in the order of the files"));
  }
  const usual: Entries = format === "csv" ? [["header", pyConstant(false)], ["enforceSchema", pyConstant(false)], ["multiLine", pyConstant(true)], ["escape", pyText('"')]] : [];
  const named: Named = { ...recordArguments(scan), ...(input.bounded ? { table: pyConstant(true) } : {}), ...optionsArgument([...options, ...readingEntries(input, usual, "avroSchema", plainConstant)]) };
  return pyMethod(run, "files", [pyText(input.name), pyText(format), path, schemaOf(scan), readNames(scan)], named);
}

function kafkaCall(scan: Scan, options: Entries, context: SparkContext): Py {
  const { input } = scan;
  const isolation: Entries = options.some(([name]) => name === "kafka.isolation.level") ? [] : [["kafka.isolation.level", pyText("read_committed")]];
  const client = kafkaAccess(input.options, context);
  const asked: Named = { ...optionsArgument([...options, ...isolation]), ...(input.bounded ? { table: pyConstant(true) } : {}) };
  if (input.format === undefined) return pyMethod(run, "kafka", [pyText(input.name), client, readNames(scan)], asked);
  const limit = input.options.find(({ name }) => name === "maxMessageBytes");
  const named: Named = {
    format: pyText(input.format),
    schema: schemaOf(scan),
    ...recordArguments(scan),
    ...asked,
    ...decodingArgument(input),
    ...(limit === undefined ? {} : { max_bytes: optionValue(limit, "plain", context) }),
  };
  return pyMethod(run, "kafka", [pyText(input.name), client, readNames(scan)], named);
}

function socketCall(scan: Scan, context: SparkContext): Py {
  const { input } = scan;
  context.tell(socketOnSpark({ source: input.name }).at(input.span).helped("read from `kafka` where nothing may be lost"));
  const [decode] = input.imported ?? [];
  const form = formOf(sourceForms["socket"], "decode");
  if (decode !== undefined && form?.kind === "refused") context.tell(optionOnSpark({ option: decode.name, reason: form.reason }).at(input.span).helped(form.nearest));
  const decoded: Named = input.format === undefined ? {} : { format: pyText(input.format), schema: schemaOf(scan), ...recordArguments(scan), ...decodingArgument(input) };
  return pyMethod(run, "socket", [pyText(input.name), argument(input, "host", context), argument(input, "port", context), readNames(scan)], decoded);
}

/** What is told of records, whatever brings them. */
function checkRecords(input: Input, context: SparkContext): void {
  const { malformed, format, name } = input;
  if (malformed.kind === "into") context.tell(malformedIntoOnSpark({ input: name, sideOutput: malformed.sideOutput }).at(input.span).helped('write `malformed: "drop"`, or `"fail"`'));
  if (format === undefined) return;
  for (const field of input.fields) {
    const reason = unreadable(field.type, format);
    if (reason !== undefined) context.tell(columnOnSpark({ column: field.name, type: typeText(field.type), format, reason }).at(input.span).helped("declare it as a number or a text, and compute from that"));
  }
  const cases = recordDifferences[input.connector === "file" ? "files" : "messages"][format];
  // A job that expects no malformed records has none to be read otherwise; docs/spark.md names the cases.
  if (cases !== undefined && (malformed.kind === "drop" || malformed.kind === "null")) context.tell(malformedOtherwise({ input: name, format, cases }).at(input.span).helped("let what writes the records write them well-formed"));
  const options = input.formatOptions ?? {};
  const wrong = Object.keys(options).find((option) => readingForms[format]?.[option]?.kind === "refused") ?? (input.registry === undefined && options["wire"] !== "confluent" ? undefined : "registry");
  const form = wrong === undefined ? undefined : readingForms[format]?.[wrong];
  if (wrong !== undefined && form?.kind === "refused" && !(wrong === "timeZone" && options[wrong] === "UTC")) context.tell(optionOnSpark({ option: wrong, reason: form.reason }).at(input.span).helped(form.nearest));
  const zoned = format === "parquet" && context.job.options.timezone !== "UTC" && options["timeZone"] === undefined;
  if (zoned) context.tell(malformedOtherwise({ input: name, format, cases: "timestamps without a zone are taken as UTC, and not as of the job's zone" }).at(input.span));
  if (format === "text" && input.options.some((option) => option.name === "encoding" && !(option.value.kind === "Literal" && /^utf-?8$/i.test(String(option.value.value))))) {
    context.tell(optionOnSpark({ option: "encoding", reason: "Spark reads the format text as UTF-8 only" }).at(input.span).helped('read one column with `format: "csv"`, or convert the files'));
  }
}

/** The options of the format under Spark's names, behind those that it would take otherwise. */
function readingEntries({ format = "", formatOptions = {} }: Input, usual: Entries, schemaName: string, write: (value: string | boolean) => Py): Entries {
  const emptyAsNull = formatOptions["emptyAsNull"];
  const given = [...formatEntries(formatOptions, readingForms[format] ?? {}, schemaName, write), ...(typeof emptyAsNull === "boolean" ? [["emptyAsNull", write(emptyAsNull)] as const] : [])];
  return [...usual.filter(([name]) => !given.some(([other]) => other === name)), ...given];
}

/** The argument `decoding=` of what decodes records itself, of texts alone. */
function decodingArgument(input: Input): Named {
  const entries = readingEntries(input, input.format === "csv" ? [["escape", pyText('"')]] : [], "schema", (value) => pyText(String(value)));
  return entries.length === 0 ? {} : { decoding: pyDict(entries) };
}

/** The fields that are decoded; of CSV all, for a field is found by its place; of text the one, whose bytes are looked at always. */
function decodedFields(scan: Scan): readonly Field[] {
  const { input } = scan;
  if (input.format === "csv" || input.format === "text") return input.fields;
  const used = new Set([...(input.strict ? input.fields.map(({ name }) => name) : scan.needed), ...scan.columns.map(({ name }) => name)]);
  return input.fields.filter(({ name }) => used.has(name));
}

function schemaOf(scan: Scan): Py {
  const fields = decodedFields(scan).map(({ name, type, nullable }) => pyCall(pyName("T.StructField"), [pyText(name), sparkTypeOf(type), ...(nullable ? [] : [pyConstant(false)])]));
  return pyCall(pyName("T.StructType"), [pyList(fields)]);
}

function recordArguments(scan: Scan): Named {
  const { input, needed } = scan;
  const decoded = decodedFields(scan);
  const checked = decoded.filter(({ name }) => input.strict || needed.has(name));
  return {
    ...(checked.length === decoded.length ? {} : { needed: pyList(checked.map(({ name }) => pyText(name))) }),
    ...(input.malformed.kind === "fail" ? {} : { malformed: pyText(input.malformed.kind === "null" ? "null" : "drop") }),
  };
}

function readNames(scan: Scan): Py {
  return pyList(scan.columns.map(({ name }) => pyText(name)));
}

function argument(input: Input, name: string, context: SparkContext): Py {
  const option = input.options.find((each) => each.name === name);
  return option === undefined ? pyConstant(null) : optionValue(option, "plain", context);
}

function isFalse(input: Input, name: string): boolean {
  const value = input.options.find((each) => each.name === name)?.value;
  return value?.kind === "Literal" && value.value === false;
}

function optionsArgument(entries: Entries): Named {
  return entries.length === 0 ? {} : { options: pyDict(entries) };
}
