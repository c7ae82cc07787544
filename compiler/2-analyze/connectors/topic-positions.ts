import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { topicNames } from "../../catalog/connectors/kafka-names.ts";
import { topicPositions } from "../../diagnostics/catalogue/kafka.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import type { Expression, RecordExpression } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { OptionData, OptionValue } from "../../ir/logical/input.ts";
import { timestampType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { canonical, coerce } from "../expressions/coerce.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { emptyScope } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";

/** What such an option holds. */
type Kind = Extract<OptionSpec["type"], "partitions" | "offsets" | "times">;

const maxLong = 9223372036854775807n;

/** What is wrong, and where. */
class Problem {
  readonly text: string;
  readonly at: Span;

  constructor(text: string, at: Span) {
    this.text = text;
    this.at = at;
  }
}

const forms: Readonly<Record<Kind, string>> = {
  partitions: "write the partitions of each topic: `{ bids: [0, 1] }`",
  offsets: 'write `"earliest"`, `"latest"`, or an offset for each partition: `{ bids: { `0`: 23, `1`: -2 } }`, where -2 is the earliest and -1 the latest',
  times: 'write a timestamp for each partition: `{ bids: { `0`: timestamp "2024-05-01 00:00:00" } }`',
};

/**
 * Partitions of topics, or a position in each of some partitions: a record, or the same as JSON in a text, as Spark takes it (timestamps are
 * milliseconds there). A param's text is read when the job starts. Undefined after a report.
 */
export function topicOption(name: string, kind: Kind, value: Expression, job: JobContext): OptionValue | undefined {
  const refuse = ({ text, at }: Problem): undefined => void job.report(topicPositions({ name, problem: text }).at(at).helped(forms[kind]));
  if (value.kind === "MissingExpression") return undefined;
  if (value.kind === "StringLiteral") {
    if (kind === "offsets" && (value.value === "earliest" || value.value === "latest")) return { name, value: literals.string(value.value, value.span) };
    const data = fromJson(value.value, kind, value.span);
    const word = data instanceof Problem && kind === "offsets" ? nearest(value.value, ["earliest", "latest"]) : undefined;
    if (data instanceof Problem && word !== undefined) return void job.report(topicPositions({ name, problem: data.text }).at(data.at).helped(`did you mean \`"${word}"\`?`));
    return data instanceof Problem ? refuse(data) : { name, value: literals.string(value.value, value.span), data };
  }
  if (value.kind === "RecordExpression") {
    const data = fromRecord(value, kind, job);
    return data === undefined ? undefined : data instanceof Problem ? refuse(data) : { name, value: literals.string(jsonOf(data), value.span), data };
  }
  const bound = bindExpr(value, { ...rowContext(job, emptyScope), place: "option" });
  if (isPoisoned(bound)) return undefined;
  if (kind === "partitions" || bound.type.kind !== "string" || bound.nullable) return refuse(new Problem(kind === "partitions" ? "wants partitions by topic" : "wants positions by topic and partition", value.span));
  return { name, value: bound };
}

function fromRecord(record: RecordExpression, kind: Kind, job: JobContext): OptionData | Problem | undefined {
  const topics: OptionData[] = [];
  const seen = new Set<string>();
  for (const { name, value } of record.fields) {
    const problem = topicProblem(name.text, seen);
    if (problem !== undefined) return new Problem(problem, name.span);
    const partitions = kind === "partitions" ? partitionsIn(value) : positionsIn(value, kind, job);
    if (partitions === undefined || partitions instanceof Problem) return partitions;
    topics.push([name.text, partitions]);
  }
  return topics.length === 0 ? new Problem("names no topic", record.span) : topics;
}

function topicProblem(topic: string, seen: Set<string>): string | undefined {
  if (seen.has(topic)) return `names the topic \`${topic}\` twice`;
  seen.add(topic);
  const problem = topicNames(topic);
  return problem === undefined ? undefined : `names a topic that cannot be: ${problem}`;
}

function partitionsIn(value: Expression): OptionData | Problem {
  if (value.kind !== "ArrayExpression") return new Problem("wants the partitions of a topic: an array of their numbers", value.span);
  const numbers: number[] = [];
  for (const item of value.items) {
    const partition = integerOf(item);
    if (typeof partition !== "number" || partition < 0 || partition > 2147483647) return new Problem("wants numbers of partitions", item.span);
    if (numbers.includes(partition)) return new Problem(`names partition ${partition} twice`, item.span);
    numbers.push(partition);
  }
  return numbers.length === 0 ? new Problem("names no partition of a topic", value.span) : numbers;
}

function positionsIn(value: Expression, kind: Kind, job: JobContext): OptionData | Problem | undefined {
  if (value.kind !== "RecordExpression") return new Problem(`wants ${kind === "offsets" ? "an offset" : "a timestamp"} for each partition of a topic`, value.span);
  const positions: OptionData[] = [];
  const seen = new Set<number>();
  for (const field of value.fields) {
    const partition = partitionOf(field.name.text, seen);
    if (typeof partition === "string") return new Problem(partition, field.name.span);
    const position = kind === "offsets" ? offsetIn(field.value) : timeIn(field.value, job);
    if (position === undefined || position instanceof Problem) return position;
    positions.push([partition, position]);
  }
  return positions.length === 0 ? new Problem("names no partition of a topic", value.span) : positions;
}

/** The number of a partition; a sentence where it is none. */
function partitionOf(text: string, seen: Set<number>): number | string {
  const partition = Number(text);
  if (!/^\d{1,10}$/.test(text) || partition > 2147483647) return `has \`${text}\` where the number of a partition is wanted`;
  if (seen.has(partition)) return `names partition ${partition} twice`;
  seen.add(partition);
  return partition;
}

function offsetIn(value: Expression): number | bigint | Problem {
  const offset = integerOf(value);
  return offset === undefined || offset < -2 || offset > maxLong ? new Problem("wants an offset: a whole number, -2 for the earliest or -1 for the latest", value.span) : offset;
}

function timeIn(value: Expression, job: JobContext): number | Problem | undefined {
  const bound = bindExpr(value, { ...rowContext(job, emptyScope), place: "option" });
  if (isPoisoned(bound)) return undefined;
  const time = bound.type.kind === "timestamp" || bound.type.kind === "date" ? coerce(bound, timestampType) : bound;
  return time.kind === "Literal" && time.type.kind === "timestamp" && typeof time.value === "number" ? time.value : new Problem("wants a constant timestamp", value.span);
}

function integerOf(value: Expression): number | bigint | undefined {
  if (value.kind === "UnaryExpression" && value.operator === "-") {
    const positive = integerOf(value.operand);
    return positive === undefined ? undefined : -positive;
  }
  return value.kind === "NumberLiteral" && value.form === "integer" ? canonical(BigInt(value.text.replaceAll("_", ""))) : undefined;
}

/** JSON as Spark takes it: `{"bids":[0,1]}`, `{"bids":{"0":23,"1":-2}}`. */
function fromJson(text: string, kind: Kind, at: Span): OptionData | Problem {
  let json: unknown;
  try {
    // Offsets beyond 2^53 keep their digits.
    json = JSON.parse(text.replace(/(:\s*)(-?\d{16,})(?=\s*[,}\]])/g, '$1"$2"'));
  } catch {
    return new Problem(kind === "offsets" ? "is neither `earliest` nor `latest`, and no JSON" : "is no JSON", at);
  }
  const topics: OptionData[] = [];
  for (const [topic, partitions] of entriesOf(json)) {
    const problem = topicProblem(topic, new Set());
    if (problem !== undefined) return new Problem(problem, at);
    if (kind === "partitions") {
      if (!Array.isArray(partitions) || partitions.length === 0 || !partitions.every((item: unknown): item is number => Number.isInteger(item) && Number(item) >= 0)) return new Problem("wants the partitions of a topic: an array of their numbers", at);
      topics.push([topic, partitions]);
      continue;
    }
    const positions: OptionData[] = [];
    for (const [key, position] of entriesOf(partitions)) {
      const partition = partitionOf(key, new Set());
      if (typeof partition === "string") return new Problem(partition, at);
      if (!(typeof position === "number" && Number.isInteger(position)) && !(typeof position === "string" && /^-?\d{16,}$/.test(position))) return new Problem("has a position that is no whole number", at);
      const exact = BigInt(position);
      const scaled = kind === "offsets" ? exact : exact * 1000n;
      if (scaled < (kind === "offsets" ? -2n : 0n) || scaled > maxLong) return new Problem("has a position that is none", at);
      positions.push([partition, canonical(scaled)]);
    }
    if (positions.length === 0) return new Problem("names no partition of a topic", at);
    topics.push([topic, positions]);
  }
  return topics.length === 0 ? new Problem("names no topic", at) : topics;
}

function entriesOf(json: unknown): readonly (readonly [string, unknown])[] {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? Object.entries(json) : [];
}

/** For `explain`: the pairs as the text that a job could hold as well. */
function jsonOf(data: OptionData): string {
  return JSON.stringify(data, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item));
}
