import { optionsTogether } from "../../diagnostics/catalogue/connectors.ts";
import { isListLiteral } from "../../ir/expr/literal-value.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { OptionData, OptionValue } from "../../ir/logical/input.ts";
import type { JobContext } from "../job-context.ts";
import type { GivenOption } from "./check-arguments.ts";

/** A position in one partition: -2 is the earliest offset and -1 the latest. */
interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly at: bigint;
}

interface Given {
  readonly given: readonly GivenOption[];
  readonly values: readonly OptionValue[];
  /** Whether it is read from its start to its end. */
  readonly bounded: boolean;
}

const starts = ["startingOffsets", "startingOffsetsByTimestamp"];
const ends = ["endingOffsets", "endingOffsetsByTimestamp"];

/** Holds constant positions against what is read (Spark: KafkaSourceProvider.validateBatchOptions) and against each other. */
export function checkPositions(input: Given, job: JobContext): void {
  checkTopics(input, job);
  if (!input.bounded) return;
  checkWords(input, job);
  checkOrder(input, job);
}

/** Positions in topics and partitions that are not read. */
function checkTopics({ given, values }: Given, job: JobContext): void {
  const assigned = partitionsOf(dataOf(values, "assign"));
  const read = assigned === undefined ? topicsOf(values.find(({ name }) => name === "subscribe")?.value) : new Set(assigned.keys());
  if (read === undefined) return;
  for (const name of [...starts, ...ends]) {
    for (const { topic, partition } of positionsOf(dataOf(values, name))) {
      const isRead = read.has(topic);
      if (isRead && (assigned === undefined || assigned.get(topic)?.has(partition) === true)) continue;
      const what = isRead ? `partition ${partition} of \`${topic}\`` : `the topic \`${topic}\``;
      report(given, name, `\`${name}\` names ${what}, which is not read`, `leave it out of \`${name}\`, or add it to \`${assigned === undefined ? "subscribe" : "assign"}\``, job);
      break;
    }
  }
}

/** A table that begins at its end, or ends at its beginning. */
function checkWords({ given, values }: Given, job: JobContext): void {
  for (const [name, word, offset, other] of [["startingOffsets", "latest", -1n, "earliest"], ["endingOffsets", "earliest", -2n, "latest"]] as const) {
    const option = values.find((value) => value.name === name);
    const isWord = option?.data === undefined && option?.value.kind === "Literal" && option.value.value === word;
    const partition = positionsOf(option?.data).find(({ at }) => at === offset);
    const where = partition === undefined ? "" : ` (partition ${partition.partition} of \`${partition.topic}\`)`;
    if (isWord || partition !== undefined) report(given, name, `a table cannot ${name === "startingOffsets" ? "begin" : "end"} at the ${word} offset${where}: nothing would be read`, `write ${isWord ? `\`${name}: "${other}"\`` : `an offset, or ${offset === -1n ? "-2" : "-1"} for the ${other}`}`, job);
  }
}

/** A table that ends before it begins. */
function checkOrder({ given, values }: Given, job: JobContext): void {
  const [from, to] = [timeOf(values, "startingTimestamp"), timeOf(values, "endingTimestamp")];
  if (from !== undefined && to !== undefined && from > to) report(given, "endingTimestamp", "`startingTimestamp` is after `endingTimestamp`", "make it earlier, or the other later", job);
  for (const [at, name] of starts.entries()) {
    const other = ends[at] ?? "";
    const begins = positionsOf(dataOf(values, name));
    for (const end of positionsOf(dataOf(values, other))) {
      const begin = begins.find(({ topic, partition }) => topic === end.topic && partition === end.partition);
      if (begin === undefined || begin.at < 0n || end.at < 0n || begin.at <= end.at) continue;
      const numbers = name === "startingOffsets" ? ` (${begin.at} and ${end.at})` : "";
      report(given, other, `\`${name}\` is after \`${other}\` in partition ${end.partition} of \`${end.topic}\`${numbers}`, "make it smaller, or the other larger", job);
      return;
    }
  }
}

function report(given: readonly GivenOption[], name: string, message: string, help: string, job: JobContext): void {
  const argument = given.find(({ spec }) => spec.name === name)?.argument;
  if (argument !== undefined) job.report(optionsTogether({ message }).at(argument.span).helped(help));
}

function dataOf(values: readonly OptionValue[], name: string): OptionData | undefined {
  return values.find((value) => value.name === name)?.data;
}

function timeOf(values: readonly OptionValue[], name: string): number | undefined {
  const value = values.find((option) => option.name === name)?.value;
  return value?.kind === "Literal" && typeof value.value === "number" ? value.value : undefined;
}

/** The topics that `subscribe` names; undefined where some are known at start only. */
function topicsOf(value: Expr | undefined): ReadonlySet<string> | undefined {
  if (value?.kind === "Literal") {
    const names = isListLiteral(value.value) ? value.value : [value.value];
    return new Set(names.filter((name) => typeof name === "string"));
  }
  if (value?.kind !== "MakeArray") return undefined;
  const names = value.items.flatMap((item) => (item.kind === "Literal" && typeof item.value === "string" ? [item.value] : []));
  return names.length === value.items.length ? new Set(names) : undefined;
}

/** `[["bids", [0, 1]]]` as the partitions of each topic. */
function partitionsOf(data: OptionData | undefined): ReadonlyMap<string, ReadonlySet<number>> | undefined {
  return data === undefined ? undefined : new Map(pairsOf(data).map(([topic, numbers]) => [topic, new Set(listOf(numbers).map(Number))]));
}

/** `[["bids", [[0, 23]]]]` one by one. */
function positionsOf(data: OptionData | undefined): readonly Position[] {
  return pairsOf(data).flatMap(([topic, positions]) =>
    listOf(positions).flatMap((pair) => {
      const [partition, at] = listOf(pair);
      return typeof partition !== "number" || (typeof at !== "number" && typeof at !== "bigint") ? [] : [{ topic, partition, at: BigInt(at) }];
    }),
  );
}

function pairsOf(data: OptionData | undefined): readonly (readonly [string, OptionData])[] {
  return listOf(data).flatMap((pair) => {
    const [topic, rest] = listOf(pair);
    return typeof topic === "string" && rest !== undefined ? [[topic, rest] as const] : [];
  });
}

function listOf(data: OptionData | undefined): readonly OptionData[] {
  return typeof data === "object" ? data : [];
}
