import { columnOnSpark, connectorOnSpark, optionOnSpark, repeatsOnSpark, togetherOnSpark } from "../../diagnostics/catalogue/spark-connectors.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { messageParts } from "../../ir/logical/message-parts.ts";
import { typeText } from "../../ir/types/data-type.ts";
import { columnOf } from "../expressions/column-of.ts";
import { pyCall, pyConstant, pyDict, pyLambda, pyList, pyName, pyText, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { formOf, sinkForms } from "./connector-forms.ts";
import { unwritable, writingForms } from "./format-forms.ts";
import { kafkaAccess } from "./kafka-access.ts";
import { formatEntries, optionEntries, optionValue, type Entries } from "./option-value.ts";

type Named = Record<string, Py>;

/** The argument `sink=` of a query; a function of the run where params or columns take part. */
export function writeSink(query: LogicalQuery, context: SparkContext): Py {
  const { sink } = query;
  const { options: settings, queries } = context.job;
  if (settings.sinks === "together") context.tell(togetherOnSpark({}).at(queries[0]?.span ?? query.span).helped("leave `option sinks` out: each sink then has its own checkpoint"));
  const form = sinkForms[sink.connector];
  if (form === undefined || form.kind === "refused") {
    context.tell(connectorOnSpark({ name: sink.connector, role: "sink", reason: form?.reason ?? "it is not known there" }).at(sink.span).helped(form?.nearest ?? "write into `kafka` or `file`"));
    return pyCall(pyName("sluice.discard"), []);
  }
  const options = optionEntries(sink.options, (name) => formOf(form, name), sink.span, context);
  switch (sink.connector) {
    case "memory":
      return memorySink(query, context);
    case "console":
      return overRun(pyCall(pyName("sluice.console"), [], Object.fromEntries(sink.options.map((option) => [option.name, optionValue(option, "plain", context)]))));
    case "file":
      return fileSink(query, options, context);
    case "kafka":
      return kafkaSink(query, options, context);
    default:
      return pyCall(pyName("sluice.discard"), []);
  }
}

function memorySink({ plan, mode, trigger, sink }: LogicalQuery, context: SparkContext): Py {
  if (trigger.kind === "continuous") context.tell(connectorOnSpark({ name: "memory", role: "sink", reason: "under `trigger continuous` it gives no batches that could be kept" }).at(sink.span).helped("write into `kafka` or `console`, or take another trigger"));
  const key = mode === "update" ? plan.key?.flatMap((id) => plan.output.filter((column) => column.id === id).map(({ name }) => pyText(name))) : undefined;
  return pyCall(pyName("sluice.memory"), [], key === undefined ? {} : { key: pyList(key) });
}

/** Spark's names of what a file is compressed with. */
const compressions: Readonly<Record<string, Readonly<Record<string, string>>>> = { avro: { none: "uncompressed", zstd: "zstandard" } };

function fileSink({ sink, plan }: LogicalQuery, options: Entries, context: SparkContext): Py {
  const format = sink.format ?? "json";
  for (const { name, type } of plan.output) {
    const reason = unwritable(type, format);
    if (reason !== undefined) context.tell(columnOnSpark({ column: name, type: typeText(type), format, reason }).at(sink.span).helped("write a number instead, such as its milliseconds, or `format: \"json\"`"));
  }
  const path = sink.options.find(({ name }) => name === "path");
  const usual: Entries =
    format === "csv" ? [["escape", pyText('"')], ["ignoreLeadingWhiteSpace", pyConstant(false)], ["ignoreTrailingWhiteSpace", pyConstant(false)]]
    : format === "json" ? [["ignoreNullFields", pyConstant(false)]]
    : format === "avro" ? [["compression", pyText("deflate")]]
    : [];
  const compression = sink.options.find(({ name }) => name === "compression")?.value;
  const other = compression?.kind === "Literal" ? compressions[format]?.[String(compression.value)] : undefined;
  const renamed: Entries = other === undefined ? options : options.map(([name, value]) => [name, name === "compression" ? pyText(other) : value]);
  const given = [...usual.filter(([name]) => !renamed.some(([own]) => own === name)), ...renamed, ...formatEntries(sink.formatOptions ?? {}, writingForms[format] ?? {}, "avroSchema")];
  const { partitionBy = [] } = sink;
  const named: Named = { ...(given.length === 0 ? {} : { options: pyDict(given) }), ...(partitionBy.length === 0 ? {} : { partition_by: pyList(partitionBy.map((name) => pyText(name))) }) };
  return overRun(pyCall(pyName("sluice.files"), [pyText(format), path === undefined ? pyConstant(null) : optionValue(path, "plain", context)], named));
}

function kafkaSink(query: LogicalQuery, options: Entries, context: SparkContext): Py {
  const { sink } = query;
  const { message = {}, formatOptions = {} } = sink;
  const delivery = sink.options.find(({ name }) => name === "delivery")?.value;
  if (delivery?.kind === "Literal" && delivery.value === "exactly once") {
    context.tell(optionOnSpark({ option: "delivery: \"exactly once\"", reason: "Spark writes to Kafka without transactions" }).at(sink.span).helped("leave `delivery` out, and let readers drop repeats by a key"));
  } else {
    context.tell(repeatsOnSpark({ sink: query.name }).at(sink.span).helped("write a column by which readers can drop repeats"));
  }
  checkWire(sink, context);
  const names = new Map<ColumnId, string>();
  const parts = messageParts.flatMap((part) => {
    const expr: Expr | undefined = message[part];
    if (expr === undefined) return [];
    // Rows of the optimized plan have the columns of the analyzed one under the same names.
    visitExpr(expr, (node) => void (node.kind === "ColumnRef" && names.set(node.id, node.name)));
    return [[part, columnOf(expr, names, context)] as const];
  });
  const schema = formatOptions["schema"];
  const named: Named = {
    ...(options.length === 0 ? {} : { options: pyDict(options) }),
    ...(message.unwritten === undefined ? {} : { unwritten: pyList(message.unwritten.map((name) => pyText(name))) }),
    ...(message.isKeyJson === true ? { json_key: pyConstant(true) } : {}),
    ...(message.isUpsert === true ? { upsert: pyConstant(true) } : {}),
    ...(sink.format === "avro" && typeof schema === "string" ? { avro: pyText(schema) } : {}),
  };
  return overRun(pyCall(pyName("sluice.kafka"), [kafkaAccess(sink.options, context), pyDict(parts)], named), parts.length > 0);
}

/** Avro in messages: Spark has no registry, and writes unions of its own where no schema is given. */
function checkWire({ format, formatOptions = {}, registry, span }: LogicalQuery["sink"], context: SparkContext): void {
  if (format !== "avro") return;
  const form = writingForms["avro"]?.["registry"];
  const wired = registry !== undefined || formatOptions["wire"] === "confluent";
  if (wired && form?.kind === "refused") context.tell(optionOnSpark({ option: "registry", reason: form.reason }).at(span).helped(form.nearest));
  else if (formatOptions["schema"] === undefined) context.tell(optionOnSpark({ option: 'format: "avro"', reason: "Spark would choose another schema than Node" }).at(span).helped('add `schemaFile: "….avsc"`'));
}

/** `lambda run: sink` where the sink needs the run: its params, or a session for its columns. */
function overRun(sink: Py, hasColumns = false): Py {
  return hasColumns || /\brun\.(?:value|param|computed)\(/.test(sink.text) ? pyLambda(pyName("run"), sink) : sink;
}
