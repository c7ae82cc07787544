import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { countChar } from "../../examples/nexmark/count-char.ts";
import { nexmarkFiles } from "../../examples/nexmark/files.ts";
import type { Events } from "../../examples/nexmark/generator.ts";
import type { GeneratedFile } from "../../examples/seeded.ts";
import { capturedResult, readCapture } from "../../runtime/query/capture-reader.ts";
import type { JobDefinition, OutputDefinition } from "../../runtime/query/definition.ts";
import { type RecordedBatch, type SimHost, startHarness } from "../../runtime/testing/index.ts";
import { filesBeside } from "../support/analyze-text.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { capturedRows, machineWith, runOn } from "./machine.ts";

const folder = fileURLToPath(new URL("../../examples/nexmark/", import.meta.url));

/** Jobs by their texts: most tests need the same ones. */
const compiled = new Map<string, JobDefinition>();

/** A query of the example compiled, its text changed first. */
export function nexmarkJob(name: string, change: (text: string) => string = (text) => text): JobDefinition {
  const file = `${folder}${name}.sluice`;
  const text = change(readFileSync(file, "utf8"));
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const job = loadJob(compileText(text, { optimize: true, files: filesBeside(file) }), { "./count-char.ts": { countChar } });
  compiled.set(text, job);
  return job;
}

const params = ["--param", "data=/data"];
const stream = ["--drain", "--checkpoint", "/checkpoints", ...params];

/** What a query gives for the files read as one batch. */
export async function inOneBatch(job: JobDefinition, name: string, files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const host = machineWith(files);
  return ended(await runOn(host, job, ["--batch", ...params, ...outOf(name)]), host, job, name);
}

/** What it gives when it takes a file of each stream a batch. */
export async function fileByFile(job: JobDefinition, name: string, files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const host = machineWith(files);
  return ended(await runOn(host, job, [...stream, ...outOf(name)]), host, job, name);
}

/** What it has given so far at the end of each batch, a file of each stream a batch. */
export async function batchByBatch(job: JobDefinition, name: string, files: readonly GeneratedFile[]): Promise<readonly (readonly string[])[]> {
  const host = machineWith(files);
  const code = await runOn(host, job, [...stream, ...outOf(name)]);
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${host.stderr}`);
  const { mode, key } = outputOf(job, name);
  const batches = readCapture(host.fs.text("/capture") ?? "");
  return batches.map((_, at) => alike(capturedResult(batches.slice(0, at + 1), mode, key)));
}

/**
 * The same where each batch is cut off twice: when it has run and nothing of it is committed, and when all of it is. A process that has no batch left to do ends it.
 */
export async function killedAtEveryBatch(job: JobDefinition, name: string, files: readonly GeneratedFile[]): Promise<{ readonly rows: readonly string[]; readonly died: number; readonly host: SimHost }> {
  let host = machineWith(files);
  for (let died = 0; ; died++) {
    const point = died % 2 === 0 ? "sinks.before-prepare" : "commits.durable";
    host.crashAt(point);
    const code = await runOn(host, job, [...stream, ...outOf(name)]);
    if (!host.reached.includes(point)) return { rows: ended(code, host, job, name), died, host };
    host = host.afterCrash(died % 4 < 2 ? "kill" : "power loss");
  }
}

/** A job's text with tables in the place of its streams. */
export function fromTables(text: string): string {
  return text.replace(/^source (.*), maxFilesPerTrigger: 1\)$/gm, "table $1)").replace(/ \|> watermark .*$/gm, "");
}

/** A job's text with queues in the place of its streams' files. */
export function fromQueues(text: string): string {
  return text.replace(/file\(data \|\| "\/\w+", format: "json", maxFilesPerTrigger: 1\)/g, "queue()");
}

/** What a job over queues gives that are filled in four steps, each a batch. */
export async function handedIn(job: JobDefinition, name: string, events: Events): Promise<readonly string[]> {
  const harness = startHarness(job, { query: name, host: machineWith(nexmarkFiles(events, 1)), params: { data: "/data", ...(name === "q10" ? { out: "/out" } : {}) } });
  const batches: RecordedBatch[] = [];
  const steps = 4;
  for (let step = 0; step < steps; step++) {
    for (const kind of ["person", "auction", "bid"] as const) {
      const rows: readonly object[] = events[kind];
      const lines = rows.slice(Math.floor((step * rows.length) / steps), Math.floor(((step + 1) * rows.length) / steps)).map((row) => JSON.stringify(row));
      harness.add(`${kind}s`, lines);
    }
    batches.push(...(await harness.settle()));
  }
  batches.push(...(await harness.restart({ mode: "drain" })), ...(await harness.finish()));
  if (harness.failure !== undefined) throw harness.failure;
  const { mode, key } = outputOf(job, name);
  return alike(capturedResult(batches.map(({ id, attempt, rows }) => ({ query: name, batch: id, attempt, rows, end: undefined })), mode, key));
}

function outputOf(job: JobDefinition, name: string): OutputDefinition<never> {
  const output = job.queries.flatMap(({ outputs }) => outputs).find((one) => one.name === name);
  if (output === undefined) throw new TypeError(`the job has no query ${name}`);
  return output;
}

function outOf(name: string): readonly string[] {
  return name === "q10" ? ["--param", "out=/out"] : [];
}

function ended(code: number, host: SimHost, job: JobDefinition, name: string): readonly string[] {
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${host.stderr}`);
  return alike(capturedRows(host, job, name));
}

/** The rows of a folder of CSV files in folders of partitions, with the partitions' values; members by name, as `alike` has them, joined by commas; sorted. */
export function partitionedRows(host: SimHost, folder: string): readonly string[] {
  const rows: string[] = [];
  for (const dt of host.fs.list(folder) ?? []) {
    for (const hm of dt.startsWith("dt=") ? (host.fs.list(`${folder}/${dt}`) ?? []) : []) {
      for (const part of host.fs.list(`${folder}/${dt}/${hm}`) ?? []) {
        for (const line of (host.fs.text(`${folder}/${dt}/${hm}/${part}`) ?? "").split("\n").filter((line) => line !== "")) {
          const [auction, bidder, price, dateTime = "", extra] = line.split(",");
          rows.push([auction, bidder, Date.parse(dateTime), dt.slice("dt=".length), extra === '""' ? "" : extra, decodeURIComponent(hm.slice("hm=".length)), price].join(","));
        }
      }
    }
  }
  return rows.sort();
}

/** Rows in the form of the database's: times in milliseconds, members by name; sorted. */
export function alike(rows: readonly string[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(row) as Readonly<Record<string, unknown>>).sort(byName).map(([name, value]) => [name, alikeValue(value)])))).sort();
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function alikeValue(value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : value;
}
