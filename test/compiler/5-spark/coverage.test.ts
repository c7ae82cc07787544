import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { connectorCodes, stepCodes } from "../../support/spark-codes.ts";
import { readLegality } from "../../facts/legality.ts";
import { checkForSpark } from "../../support/check-for-spark.ts";
import { sampleFiles } from "../../support/samples.ts";

// What docs/spark.md says of a step, a connector or a format names every code that a job is told because of it.

const prelude = `
schema Click { t: timestamp, k: string, n: long?, d: double, took: duration }
source s: Click from kafka("a:1", subscribe: "s", startingOffsets: "earliest", format: "csv")
source w0: { t: timestamp, k: string } from file("w/", format: "json")
source r from rate(rowsPerSecond: 1)
stream w = w0 |> watermark t delay 10 seconds late drop
stream g = w0 |> aggregate count() as c group by k
`;

const jobs = [
  ["g |> drop k", "memory() mode update"],
  ['g |> set k = "x"', "memory() mode update"],
  ["g |> union (g)", "memory() mode update"],
  ["g |> distinct", "memory() mode complete"],
  ["g |> dedup by k", "memory() mode complete"],
  ["g |> extend array(c, 2) as l |> explode l as e", "memory() mode update"],
  ["w |> distinct", "memory()"],
  ["w |> aggregate count() as c group by session(t, 10 seconds), k |> aggregate sum(c) as c group by window_end", "memory()"],
  ["w0 |> aggregate count() as c group by tumbling(current_timestamp(), 5 seconds)", "memory() mode complete"],
  ["s |> dedup by d", "discard()"],
  ["s |> select k, took", 'file("out/", format: "parquet")'],
  ["w0 |> select k", 'kafka("a:1", topic: "t", format: "json", delivery: "exactly once")'],
  ["w0 |> select k", 'kafka("a:1", topic: "t", format: "json")'],
  ["r |> union (r)", "memory() trigger continuous 1 second"],
].map(([pipeline = "", sink = ""]) => `${prelude}sink q = ${pipeline} into ${sink}\n`);

const { observed, further } = readLegality();
const shapes = [...observed, ...further].flatMap(({ text, cells }) =>
  (["append", "update", "complete"] as const).flatMap((mode) => (text !== undefined && cells[mode].codes.length === 0 && cells[mode].spark !== "yes" ? [`${text.replaceAll("from queue()", 'from file("in/", format: "json")')} mode ${mode}\n`] : [])),
);
const samples = [...sampleFiles("spark", ".sluice"), ...sampleFiles("spark-connectors", ".sluice")].map(({ path }) => [readFileSync(path, "utf8"), path] as const);

it("every code that a job is told stands beside something that it has", () => {
  const missing = [...[...jobs, ...shapes].map((text) => [text, "job.sluice"] as const), ...samples].flatMap(([text, path]) => {
    const checked = checkForSpark(text, path);
    expect(checked.job === undefined ? [text, ...checked.diagnostics.map(({ message }) => message)] : []).toEqual([]);
    const told = checked.diagnostics.map(({ code }) => code).filter((code) => /^[EW]41/.test(code));
    const named = new Set([...stepCodes(checked), ...connectorCodes(checked)]);
    return [...new Set(told)].filter((code) => !named.has(code)).map((code) => `${code}: ${text.slice(text.lastIndexOf("\nsink"))}`);
  });
  expect(missing).toEqual([]);
});
