import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { readLegality } from "../facts/legality.ts";
import { checkForSpark } from "../support/check-for-spark.ts";
import { SparkClient } from "./support/spark-client.ts";
import { writeProgram } from "./support/write-program.ts";

const spark = new SparkClient(inject("spark"));
const base = mkdtempSync(join(tmpdir(), "sluice-legality-"));

afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Each shape that is emitted, once: in the mode of which Spark asks most. */
const emitted = [...readLegality().observed, ...readLegality().further].flatMap(({ shape, text, unboundedText, cells }) => {
  for (const mode of ["append", "update", "complete"] as const) {
    const { codes, unbounded = codes } = cells[mode];
    const job = codes.length === 0 ? text : unbounded.length === 0 ? unboundedText : undefined;
    if (job === undefined) continue;
    const { files } = checkForSpark(`${job.replaceAll("from queue()", 'from file("in/", format: "json")')} mode ${mode}\n`);
    if (files.length > 0) return [{ shape, mode, job, isBatch: !/\b(s|b|w|wb)\b/.test(job.slice(job.lastIndexOf("sink q ="))) }];
  }
  return [];
});

const streams = emitted.filter(({ isBatch }) => !isBatch);
const size = 6;
const parts = Array.from({ length: Math.ceil(streams.length / size) }, (_, at) => ({ what: `shapes that are emitted from number ${at * size} on, and their first batch runs`, how: "--available-now", shapes: streams.slice(at * size, (at + 1) * size) }));
/** What reads tables alone: no source of the prelude is read. */
const batches = { what: "shapes without a source, and they run as batches", how: "--batch", shapes: emitted.filter(({ isBatch }) => isBatch) };
const isAll = process.env["SPARK_ALL"] !== undefined;
// A query costs Spark seconds to start: without SPARK_ALL the shapes of one program in five are started.
const asked = isAll ? parts : parts.filter((_, at) => at % 5 === 2);

writeRows();

test.each([...asked, batches])("Spark takes the $what", { timeout: 120_000 }, async ({ how, shapes }) => {
  const folder = mkdtempSync(join(base, "job-"));
  const sinks = shapes.map(({ job, mode }, at) => `${sinkOf(job).replace("sink q =", `sink q${at} =`).replace('"out/"', `"${join(folder, "out", String(at))}/"`)} mode ${mode}`);
  const prelude = (shapes[0]?.job ?? "").replace(sinkOf(shapes[0]?.job ?? ""), "").replaceAll("from queue()", `from file("${join(base, "in")}/", format: "json")`).replaceAll('"users/"', `"${join(base, "users")}/"`);
  const { files, diagnostics } = checkForSpark(`option statePartitions = 1\n${prelude}\n${sinks.join("\n")}\n`);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { code, stderr } = await spark.run(writeProgram(files, folder), [how, ...(how === "--batch" ? [] : ["--checkpoint", join(folder, "checkpoint")]), "--capture", join(folder, "capture.ndjson")], 110);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/not supported|AnalysisException/) as unknown });
  const ran = new Set(readFileSync(join(folder, "capture.ndjson"), "utf8").trimEnd().split("\n").map((line) => String(Reflect.get(Object(JSON.parse(line)), "query"))));
  expect(shapes.flatMap(({ shape, mode }, at) => (ran.has(`q${at}`) ? [] : [`${shape}, ${mode}`]))).toEqual([]);
});

function sinkOf(job: string): string {
  return job.slice(job.lastIndexOf("\nsink q =") + 1);
}

function writeRows(): void {
  for (const [folder, rows] of [["in", [{ t: "2024-01-01T00:00:10Z", k: "a", n: 5 }]], ["users", [{ k: "a", name: "Ann" }]]] as const) {
    mkdirSync(join(base, folder));
    const path = join(base, folder, "0.json");
    writeFileSync(path, rows.map((row) => JSON.stringify(row)).join("\n"));
    utimesSync(path, 1000, 1000);
  }
}
