import type { JobDefinition } from "../../runtime/query/definition.ts";
import { capturedResult, readCapture } from "../../runtime/query/capture-reader.ts";
import { runJob } from "../../runtime/query/run-job.ts";
import { SimHost } from "../../runtime/testing/index.ts";

/** A file of input. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
}

/** What the clock of a machine shows at first. */
export const epoch = Date.UTC(2024, 5, 1);

/** A machine in memory with the files in `/data`, written one after the other. */
export function machineWith(files: readonly InputFile[], seed: number = 1): SimHost {
  const host = new SimHost({ seed, autoAdvance: true, start: epoch });
  files.forEach(({ name, text }, index) => host.fs.put(`/data/${name}`, text, epoch - (files.length - index) * 1000));
  return host;
}

/** Runs a job as the command line does; the exit code. Lines of a capture go to `/capture`. */
export async function runOn(host: SimHost, job: JobDefinition, argv: readonly string[]): Promise<number> {
  return runJob(job, [...argv, "--capture", "/capture"], host);
}

/** The same, killed at the points of `crashes`, each a place in the list of all fault points that the run passes, and started again. */
export async function runWithCrashes(first: SimHost, job: JobDefinition, argv: readonly string[], crashes: readonly number[]): Promise<{ readonly host: SimHost; readonly code: number; readonly died: number }> {
  let host = first;
  let died = 0;
  for (const after of crashes) {
    crashAfter(host, after);
    await runOn(host, job, argv);
    if (host.reached.length < after) return { host, code: 0, died };
    died++;
    host = host.afterCrash(after % 2 === 0 ? "kill" : "power loss");
  }
  return { host, code: await runOn(host, job, argv), died };
}

/**
 * Where to let a run die, of the fault points that it passes: at each of the moments between writes the first time, in the middle and the last time; at each step
 * of a durable write at one of these three, in turn.
 */
export function crashPlaces(reached: readonly string[]): readonly number[] {
  const places = new Map<string, number[]>();
  reached.forEach((point, at) => places.set(point, [...(places.get(point) ?? []), at + 1]));
  return [...places].flatMap(([point, at], index) => {
    const three = [0, at.length >> 1, at.length - 1];
    const times = /\.(?:opened|half-written|written|synced|renamed|durable)$/.test(point) ? three.slice(index % 3, (index % 3) + 1) : three;
    return [...new Set(times)].flatMap((time) => at[time] ?? []);
  }).sort((a, b) => a - b);
}

/** Lets the process die at the nth fault point that it passes, whatever its name. */
function crashAfter(host: SimHost, count: number): void {
  const fault = host.fault.bind(host);
  let left = count;
  host.fault = (name) => {
    fault(name);
    if (--left === 0) host.crash(name);
  };
}

/** What the capture says that a query gave; rows as JSON texts. */
export function capturedRows(host: SimHost, job: JobDefinition, name: string): readonly string[] {
  const query = job.queries.flatMap(({ outputs }) => outputs).find((output) => output.name === name);
  if (query === undefined) throw new TypeError(`the job has no query ${name}`);
  const batches = readCapture(host.fs.text("/capture") ?? "").filter((batch) => batch.query === name);
  return capturedResult(batches, query.mode, query.key);
}

/** The lines of a file sink's folder as a reader by pattern sees them, batch by batch. */
export function sinkLines(host: SimHost, folder: string): readonly string[] {
  const parts = (host.fs.list(folder) ?? []).filter((name) => name.startsWith("part-"));
  const batchOf = (name: string): number => Number(name.split("-")[1]);
  return parts.sort((a, b) => batchOf(a) - batchOf(b)).flatMap((name) => (host.fs.text(`${folder}/${name}`) ?? "").split("\n").filter((line) => line !== ""));
}

/** The rows that `--sql … --json` printed last. */
export function printedRows(host: SimHost): readonly string[] {
  return host.stdout.split("\n").filter((line) => line.startsWith("{"));
}
