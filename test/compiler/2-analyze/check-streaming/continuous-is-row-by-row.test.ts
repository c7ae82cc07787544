import { expect, it } from "vitest";
import { compile } from "../../../../compiler/compile.ts";

const modules = `
import type { GroupState } from "sluice/runtime";
interface Row { readonly k: string }
export const enrich = async (row: { readonly k: string }): Promise<{ k: string }> => ({ k: row.k });
export const whole = (rows: readonly { readonly k: string }[]): { k: string }[] => rows.map(({ k }) => ({ k }));
export const tally = (k: string, rows: readonly Row[], state: GroupState<number>): { k: string; n: number }[] => [{ k, n: rows.length + (state.get() ?? 0) }];
export const writer = { process: (row: { readonly k: string }): void => void row.k };
export const write = (rows: readonly { readonly k: string }[], id: number): void => void (rows.length + id);
`;

const prelude = [
  'import { enrich, whole, tally, writer, write } from "./steps.ts"',
  'source s: { t: timestamp, k: string, list: int[] } from socket("localhost", 9999, format: "json")',
  'source s2: { t2: timestamp, k2: string } from socket("localhost", 9998, format: "json")',
  'source files: { k: string } from file("in/", format: "json")',
  "source queued: { k: string } from queue()",
  "source rated from rate(10)",
  "source batches from rate(rowsPerBatch: 10)",
  'source topic: { k: string } from kafka(brokers: "localhost:9092", subscribe: "in", format: "json")',
  'table users: { id: string, name: string } from file("users/", format: "json")',
].join("\n");

function codesOf(text: string): readonly string[] {
  const { diagnostics } = compile("job.sluice", text, { files: { read: (path) => ({ path, text: modules }) }, optimize: false });
  return [...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))].sort();
}

const into = (pipeline: string, sink = "console()"): readonly string[] => codesOf(`${prelude}\nsink out = ${pipeline} into ${sink} trigger continuous 1 second\n`);

// Spark: UnsupportedOperationChecker.checkForContinuous allows projections, filters and maps; Sluice takes every step that is a matter of one row.
it.each([
  "s |> where k = 'a' |> select k",
  "s |> extend upper(k) as u",
  "s |> explode list as n",
  "s |> select k |> map async enrich",
  "s |> select k |> union (s2 |> select k2 as k)",
  "s |> join users on k = id",
  "s |> join left users on k = id",
  "s |> join semi users on k = id",
  "rated |> where value > 3",
  "topic",
])("runs row by row: %s", (pipeline) => {
  expect(into(pipeline)).toEqual([]);
});

it.each([
  ["s |> aggregate count() as n", ["E3002", "E3045"]],
  ["s |> aggregate count() as n group by k per batch", ["E3045"]],
  ["s |> watermark t delay 1 second late drop", ["E3045"]],
  ["s |> dedup by k", ["E3045"]],
  ["s |> top 3 by t", ["E3019", "E3045"]],
  ["s |> order by k", ["E3003", "E3045"]],
  ["s |> limit 3", ["E3045"]],
  ["s |> join s2 on k = k2 unbounded", ["E3045"]],
  ["s |> state tally by k", ["E3045"]],
  ["s |> select k |> transform whole", ["E3045"]],
  ["s |> where t < current_timestamp()", ["E3048"]],
  ["files", ["E3046"]],
  ["queued", ["E3046"]],
  ["batches", ["E3046"]],
  ["users", ["E3046"]],
])("refuses %s", (pipeline, codes) => {
  expect(into(pipeline)).toEqual(codes);
});

it.each([
  ['memory()', []],
  ["discard()", []],
  ["foreach(writer)", []],
  ['kafka(brokers: "localhost:9092", topic: "out", format: "json")', []],
  ['kafka(brokers: "localhost:9092", topic: "out", format: "json", delivery: "exactly once")', ["E3047"]],
  ['file("out/", format: "json")', ["E3047"]],
  ["foreachBatch(write)", ["E3047"]],
])("into %s", (sink, codes) => {
  expect(into("s |> select k", sink)).toEqual(codes);
});

it("holds every sink of a query of several against the one trigger", () => {
  const text = `${prelude}\noption sinks = "together"\nsink a = s |> select k into console() trigger continuous\nsink b = s |> limit 3 into console()\n`;
  expect(codesOf(text)).toEqual(["E3045"]);
});

it("takes an interval that has a length", () => {
  expect(codesOf(`${prelude}\nsink out = s into console() trigger continuous\n`)).toEqual([]);
  expect(codesOf(`${prelude}\nsink out = s into console() trigger continuous 0 seconds\n`)).toEqual(["E3049"]);
});

it("has no use for what says how a batch is read, which a table beside the stream has", () => {
  const text = (source: string, table: string): string => `${prelude}
source bids: { k: string } from kafka(brokers: "localhost:9092", subscribe: "bids", format: "json"${source})
table names: { id: string } from kafka(brokers: "localhost:9092", subscribe: "names", format: "json"${table})
sink out = bids |> join semi names on k = id into console() trigger continuous 1 second
`;
  expect(codesOf(text("", ", minPartitions: 4, maxRecordsPerPartition: 100"))).toEqual([]);
  expect(codesOf(text(", maxRecordsPerPartition: 100", ""))).toEqual(["E5022"]);
  expect(codesOf(text("", ', commitOffsetsTo: "lag"'))).toEqual(["E5022"]);
});
