import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { saidDelivery } from "../../catalog/connectors/delivery.ts";
import { connectorOptionValue, optionsTogether, textColumns } from "../../diagnostics/catalogue/connectors.ts";
import { messageColumns, messagePartNotFixed, messagePartOfKey, messagePartOfSideOutput, messagePartType, messageWithoutTopic, nullMessageKey, sharedMessageKey } from "../../diagnostics/catalogue/kafka.ts";
import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { unknownColumn } from "../../diagnostics/catalogue/names.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import { columnRef, makeRecord } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { columnsOf, visitExpr } from "../../ir/expr/walk.ts";
import type { Column } from "../../ir/logical/column.ts";
import type { OptionValue } from "../../ir/logical/input.ts";
import type { MessageParts, SinkTarget } from "../../ir/logical/job.ts";
import { messageParts, type MessagePart } from "../../ir/logical/message-parts.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import { recordType, typeText } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { emptyScope, scopeOf } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { valueProblem } from "./check-arguments.ts";
import type { CheckedTarget } from "./check-sink-target.ts";
import { isPlain, wanted } from "./message-part-types.ts";

/** The rows that messages are made of. */
interface Rows {
  readonly plan: LogicalPlan;
  /** Columns beside those of the plan for parts that name a hidden column of the source; undefined where that is reported. */
  readonly computed: ReadonlyMap<string, Column | undefined>;
  /** Whether a row replaces the one of its key, and a deletion is a tombstone. */
  readonly areUpserts: boolean;
  /** Where the sink is written. */
  readonly at: Span;
}

/** Where a query's rows go, with the parts of a message: what the job says, columns that are parts, and in update mode the result's key. */
export function withMessage(checked: CheckedTarget, rows: Rows, job: JobContext): SinkTarget {
  const { target, capabilities, ofRows } = checked;
  if (capabilities.ofMessages !== true) return target;
  const context = rowContext(job, scopeOf(rows.plan, []));
  const options: OptionValue[] = [];
  const found: { -readonly [P in MessagePart]?: Expr } = {};
  for (const part of messageParts) {
    const argument = ofRows.get(part);
    if (argument === undefined) continue;
    if (rows.computed.has(part)) {
      const column = rows.computed.get(part);
      if (column !== undefined && hasType(part, refTo(column), argument.value.span, job)) found[part] = refTo(column);
      continue;
    }
    if (part === "topic" && isUnknownTopic(argument.value, rows.plan, job)) continue;
    const value = bindExpr(argument.value, context);
    if (isPoisoned(value)) continue;
    if (part === "partition") checkPartition(value, argument.value.span, job);
    const isFixed = columnsOf(value).size === 0 && value.volatility !== "batch" && value.volatility !== "volatile";
    if (part === "topic" && isFixed) options.push(...topicOption(value, argument.value.span, capabilities.options, job));
    else if (isTold(part, value, argument.value.span, job) && hasType(part, value, argument.value.span, job)) found[part] = value;
  }
  const isRaw = target.format === undefined && !checked.isFormatWrong && !ofRows.has("value");
  Object.assign(found, columnParts(rows, isRaw, new Set(ofRows.keys()), job));
  if (!ofRows.has("topic") && found.topic === undefined) job.report(messageWithoutTopic({}).at(rows.at).helped('add `topic: "…"`, or a column `topic`'));
  if (target.format === "text" || target.format === "binary") Object.assign(found, onlyColumn(target.format, rows, found, job));
  const hasOwnKey = found.key !== undefined;
  if (rows.areUpserts) {
    checkKeys(rows, found, ofRows, job);
    found.key ??= keyOf(rows.plan);
  }
  checkSubject(target, found, ofRows.get("topic")?.span ?? rows.at, job);
  checkCommitsTopic(target, capabilities.options, options, ofRows.get("topic")?.span ?? rows.at, job);
  const isKeyJson = rows.areUpserts && !hasOwnKey && found.key?.nullable === true && isPlain(found.key.type);
  const unwritten = [...rows.computed.values()].flatMap((column) => (column === undefined ? [] : [column.name]));
  const message: MessageParts = { ...(rows.areUpserts ? { isUpsert: true } : {}), ...(isKeyJson ? { isKeyJson } : {}), ...(unwritten.length === 0 ? {} : { unwritten }), ...Object.fromEntries(messageParts.flatMap((part) => (found[part] === undefined ? [] : [[part, found[part]]]))) };
  return { ...target, options: withOptions(target, options), message };
}

/** The same for a side output, whose rows the runtime makes: it has a topic and a format. */
export function withTopic({ target, capabilities, ofRows }: CheckedTarget, job: JobContext): SinkTarget {
  if (capabilities.ofMessages !== true) return target;
  const options: OptionValue[] = [];
  for (const [part, argument] of ofRows) {
    if (part !== "topic") {
      job.report(messagePartOfSideOutput({ part }).at(argument.span).helped("leave it out"));
      continue;
    }
    const value = bindExpr(argument.value, { ...rowContext(job, emptyScope), place: "option" });
    if (!isPoisoned(value)) options.push(...topicOption(value, argument.value.span, capabilities.options, job));
  }
  if (!ofRows.has("topic")) job.report(messageWithoutTopic({}).at(target.span).labelled("`topic` is missing").helped('add `topic: "…"`'));
  checkCommitsTopic(target, capabilities.options, options, ofRows.get("topic")?.span ?? target.span, job);
  if (target.format !== "json") job.report(messageColumns({ message: "the rows of a side output become messages as JSON" }).at(target.span).labelled("their columns are no parts of a message").helped('write `format: "json"`'));
  return { ...target, options: withOptions(target, options) };
}

/** The topic stands behind the brokers. */
function withOptions({ options }: SinkTarget, more: readonly OptionValue[]): readonly OptionValue[] {
  const isBrokers = ({ name }: OptionValue): boolean => name === "brokers";
  return [...options.filter(isBrokers), ...more, ...options.filter((option) => !isBrokers(option))];
}

/** A topic that is known when the job starts. */
function topicOption(value: Expr, at: Span, specs: readonly OptionSpec[], job: JobContext): readonly OptionValue[] {
  if (!hasType("topic", value, at, job)) return [];
  const problem = value.kind === "Literal" ? specs.find(({ name }) => name === "topic")?.check?.(value.value) : undefined;
  if (problem === undefined) return [{ name: "topic", value }];
  job.report(valueProblem(problem, at));
  return [];
}

/** A bare name that is neither a column nor a param may have been meant as the topic's own. */
function isUnknownTopic(value: Expression, plan: LogicalPlan, job: JobContext): boolean {
  if (value.kind !== "NameExpression" || job.params.has(value.name.text) || plan.output.some(({ name }) => name === value.name.text)) return false;
  const { text, span } = value.name;
  const near = nearest(text, [...plan.output.map(({ name }) => name), ...job.params.keys()]);
  job.report(unknownColumn({ name: text }).at(span).helped(near === undefined ? `write a topic's own name in quotes: \`topic: "${text}"\`` : `did you mean \`${near}\`?`));
  return true;
}

/** A number of a partition that cannot be. */
function checkPartition(value: Expr, at: Span, job: JobContext): void {
  const evaluated = value.type.kind === "int" ? evaluateConstant(value, job.timezone) : undefined;
  if (evaluated?.ok === true && typeof evaluated.value === "number" && evaluated.value < 0) job.report(connectorOptionValue({ message: `the number of a partition is 0 or more, found ${evaluated.value}` }).at(at));
}

/** A registry knows a schema under one subject, which is named after the topic unless it is said. */
function checkSubject({ format, formatOptions, registry }: SinkTarget, { topic }: MessageParts, at: Span, job: JobContext): void {
  if (format !== "avro" || registry === undefined || topic === undefined || formatOptions?.["subject"] !== undefined) return;
  job.report(optionsTogether({ message: "each row tells its topic, and the schema is registered under the name of one" }).at(at).helped('add `subject: "…"`'));
}

/** Readers of the topic would meet the markers of transactions, and a compacted topic loses messages without a key. */
function checkCommitsTopic(target: SinkTarget, specs: readonly OptionSpec[], said: readonly OptionValue[], at: Span, job: JobContext): void {
  if (saidDelivery(target) !== "exactly once") return;
  const [topic, commits] = [said.find(({ name }) => name === "topic")?.value, target.options.find(({ name }) => name === "commitsTopic")?.value];
  const isSame = topic?.kind === "ParamRef" ? commits?.kind === "ParamRef" && commits.name === topic.name : topic?.kind === "Literal" && topic.value === (commits === undefined ? specs.find(({ name }) => name === "commitsTopic")?.usual : commits.kind === "Literal" ? commits.value : undefined);
  if (isSame) job.report(optionsTogether({ message: "messages and the markers of their batches would go to one topic" }).at(at).helped("write another `topic`, or another `commitsTopic`"));
}

/** Whether a part is told from the row alone; a report where not. */
function isTold(part: MessagePart, value: Expr, at: Span, job: JobContext): boolean {
  let what: string | undefined;
  visitExpr(value, (node) => {
    if (node.kind === "ParamRef") what ??= `the param \`${node.name}\``;
    if (node.kind === "Call" && node.args.every(({ volatility }) => volatility === "immutable") && node.volatility !== "immutable") what ??= `\`${node.name}\``;
  });
  if (what !== undefined) job.report(messagePartNotFixed({ part, what }).at(at).helped(`compute it first: \`|> extend … as ${part}_text\`, and write \`${part}: ${part}_text\``));
  return what === undefined;
}

/** Whether a part's type is one that it can have; a report where not. A key or value of any other type is written as JSON. */
function hasType(part: MessagePart, { type }: Expr, at: Span, job: JobContext): boolean {
  const expected = wanted(part, type);
  if (expected === undefined) return true;
  const diagnostic = messagePartType({ part, expected, found: typeWords(type) }).at(at);
  job.report(part === "partition" && type.kind === "long" ? diagnostic.helped("write `cast(… as int)`") : diagnostic);
  return false;
}

/** Columns that are parts of the message: `topic` in every form; without a format and a `value` all of them, and no others. */
function columnParts({ plan, at }: Rows, isRaw: boolean, said: ReadonlySet<string>, job: JobContext): MessageParts {
  const found: { -readonly [P in MessagePart]?: Expr } = {};
  for (const column of plan.output) {
    const part = messageParts.find((name) => name === column.name);
    if (part !== undefined && !said.has(part) && (isRaw || (part === "topic" && column.type.kind === "string"))) {
      const problem = isRaw ? columnProblem(part, column) : undefined;
      if (problem === undefined) found[part] = refTo(column);
      else job.report(messageColumns({ message: problem }).at(at).labelled(`\`${column.name}\` is ${typeWords(column.type)}`).helped(part === "key" || part === "value" ? `write \`cast(${part} as string)\` or \`to_json(${part})\`, or add \`format: "json"\`` : `cast or rename \`${part}\`, or add \`format: "json"\``));
    }
    if (isRaw && part === undefined) {
      job.report(messageColumns({ message: `a message has no column \`${column.name}\`` }).at(at).labelled("without `format` the columns are `key`, `value`, `topic`, `partition` and `headers`").helped('add `format: "json"`, which makes the value of the whole row, or choose the columns with `select`'));
      return found;
    }
  }
  if (isRaw && !plan.output.some(({ name }) => name === "value")) job.report(messageColumns({ message: "the rows have no column `value`" }).at(at).labelled("without `format` a message is made of the column `value`").helped('add `format: "json"`, or write `value: …`'));
  return found;
}

/** What is wrong about a column that is a part: Spark takes texts and bytes there, and nothing is written as JSON unasked. */
function columnProblem(part: MessagePart, { type }: Column): string | undefined {
  if (part === "key" || part === "value") return isPlain(type) ? undefined : `the column \`${part}\` of a message is a string or binary, found ${typeText(type)}`;
  const expected = wanted(part, type);
  return expected === undefined ? undefined : `the column \`${part}\` of a message is ${expected}, found ${typeText(type)}`;
}

/** The format text or binary: the one column of that type that is no other part. */
function onlyColumn(format: "text" | "binary", { plan, at }: Rows, found: MessageParts, job: JobContext): MessageParts {
  const used = new Set([found.key, found.topic, found.partition, found.headers].flatMap((expr) => (expr === undefined ? [] : [...columnsOf(expr)])));
  const free = plan.output.filter(({ id }) => !used.has(id));
  const left = free.length === 0 && plan.output.length === 1 ? plan.output : free;
  const kind = format === "text" ? "string" : "binary";
  const [only] = left;
  if (only !== undefined && left.length === 1 && only.type.kind === kind) return { value: refTo(only) };
  const words = left.length === 1 && only !== undefined ? typeText(only.type) : `${left.length} columns`;
  if (format === "text") job.report(textColumns({ found: words }).at(at).labelled("a message is one value").helped('choose or make one with `select`, write `value: …`, or `format: "json"`'));
  else job.report(messageColumns({ message: `the format binary has one binary column, found ${words}` }).at(at).labelled("a message is one value").helped("choose one with `select`, or write `value: …`"));
  return {};
}

/** In update mode a row that goes is told by its key alone, and the tombstone must find the message. */
function checkKeys({ plan, at }: Rows, found: MessageParts, ofRows: CheckedTarget["ofRows"], job: JobContext): void {
  // Either end of a window tells it.
  const keys = new Set((plan.keyCopies ?? []).flat());
  for (const part of ["key", "topic", "partition"] as const) {
    const expr = found[part];
    const column = expr === undefined ? undefined : plan.output.find(({ id }) => columnsOf(expr).has(id) && !keys.has(id));
    if (column === undefined) continue;
    const names = plan.output.filter(({ id }) => keys.has(id)).map(({ name }) => `\`${name}\``);
    const help = names.length === 0 ? "leave it out: the result is one row" : part === "key" ? `leave it out, or make it of ${names.join(" and ")}` : `make it of ${names.join(" and ")}`;
    job.report(messagePartOfKey({ part, column: column.name }).at(ofRows.get(part)?.value.span ?? at).helped(help));
  }
  checkWholeKey(plan, found.key, ofRows.get("key")?.value.span ?? at, job);
}

/** A key that leaves out a column of the result's makes one message of several rows. */
function checkWholeKey(plan: LogicalPlan, key: Expr | undefined, at: Span, job: JobContext): void {
  if (key === undefined) return;
  if (key.nullable && isPlain(key.type)) job.report(nullMessageKey({}).at(at).helped('write `to_json({ … })` of it, or leave `key` out'));
  const read = columnsOf(key);
  const copies = plan.keyCopies ?? [];
  const unread = copies.filter((ids) => !ids.some((id) => read.has(id)));
  const left = unread.flatMap(([id]) => plan.output.filter((column) => column.id === id)).map(({ name }) => `\`${name}\``);
  // One that reads another column is refused already.
  if (left.length === 0 || ![...read].every((id) => copies.some((ids) => ids.includes(id)))) return;
  job.report(sharedMessageKey({ columns: left.join(", ") }).at(at).helped("make it of all key columns, or leave it out"));
}

/** The key of a result as that of its messages: the one column, or a record of several. */
function keyOf(plan: LogicalPlan): Expr {
  const columns = (plan.key ?? []).flatMap((id) => plan.output.filter((column) => column.id === id));
  const [only] = columns;
  if (only !== undefined && columns.length === 1) return refTo(only);
  return makeRecord(recordType(columns.map(({ name, type, nullable }) => ({ name, type, nullable }))), columns.map(refTo));
}

function refTo({ id, name, type, nullable }: Column): Expr {
  return columnRef(id, name, type, nullable);
}
