import { CaptureFile } from "../../runtime/query/capture.ts";
import { capturedResult, readCapture, type CapturedBatch } from "../../runtime/query/capture-reader.ts";
import { jsonMembers, memberTexts } from "../../runtime/connectors/json-members.ts";
import { listedInManifest } from "../../runtime/connectors/file/manifest-reader.ts";
import type { MemoryTables } from "../../runtime/connectors/memory/memory-tables.ts";
import { columnType } from "../../runtime/connectors/column-type.ts";
import type { SinkColumn } from "../../runtime/connectors/sink.ts";
import { readParquet } from "../../runtime/formats/parquet/read-parquet.ts";
import type { FieldDescriptor, TypeDescriptor } from "../../runtime/formats/type-descriptor.ts";
import { nodeCompression } from "../../runtime/host/node-compression.ts";
import { utc } from "../../runtime/time/zone.ts";
import { QueueRegistry } from "../../runtime/connectors/queue/queue-registry.ts";
import type { OutputDefinition } from "../../runtime/query/definition.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { gunzipSync } from "node:zlib";
import { start } from "../../runtime/query/start.ts";
import { SimulatedCrash } from "../../runtime/errors/simulated-crash.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import type { InputFile, QuerySample } from "./query-sample.ts";

/** A crash at the nth time that a fault point is reached; what is left of the machine is what `loss` leaves. */
export interface PlannedCrash {
  readonly point: string;
  readonly occurrence: number;
  readonly loss: "power loss" | "kill";
}

export interface SampleRun {
  readonly mode?: RunMode;
  readonly inputs?: readonly InputFile[];
  /** Hands in all rows of a queue at once, rather than part by part. */
  readonly queuesAtOnce?: boolean;
  readonly crash?: PlannedCrash;
}

/** What a run of a sample has given. */
export interface SampleOutcome {
  /** The result of each sink as JSON texts of rows: where the order is not part of it, sorted. */
  readonly results: Readonly<Record<string, readonly string[]>>;
  /** The text of `--capture`. */
  readonly capture: string;
  /** The fault points of the first process, in order. */
  readonly reached: readonly string[];
  /** Those of the processes that were started after a crash. */
  readonly reachedLater: readonly string[];
  /** Whether the planned crash came about. */
  readonly crashed: boolean;
}

/** What one process of a job came to. */
interface Ended {
  readonly crashed: boolean;
  readonly tables: MemoryTables | undefined;
}

const captureFile = "/home/capture.jsonl";

/** Runs all queries of a sample on a machine of its own; after a crash as often as it takes to end. */
export async function runSample(sample: QuerySample, run: SampleRun = {}): Promise<SampleOutcome> {
  let host = new SimHost({ autoAdvance: true, env: sample.env });
  const inputs = run.inputs ?? sample.inputs;
  inputs.forEach(({ path, bytes }, at) => host.fs.put(`/home/${path}`, bytes, host.clock.now() - 1000 * (inputs.length - at)));
  const queues = filledQueues(sample, run);
  if (run.crash !== undefined) host.crashAt(run.crash.point, run.crash.occurrence);
  let ended = await runProcess(sample, host, queues, run.mode ?? sample.mode);
  const { reached } = host;
  const { crashed } = ended;
  const reachedLater: string[] = [];
  while (ended.crashed) {
    host = host.afterCrash(run.crash?.loss);
    ended = await runProcess(sample, host, queues, run.mode ?? sample.mode);
    for (const point of host.reached) reachedLater.push(point);
  }
  return { results: await resultsOf(sample, host, ended.tables), capture: host.fs.text(captureFile) ?? "", reached, reachedLater, crashed };
}

function filledQueues(sample: QuerySample, run: SampleRun): QueueRegistry {
  const queues = new QueueRegistry();
  for (const [source, parts] of Object.entries(sample.queues)) {
    const handle = queues.handle(source);
    for (const rows of run.queuesAtOnce === true ? [parts.flat()] : parts) handle.add(rows);
  }
  return queues;
}

async function runProcess(sample: QuerySample, host: SimHost, queues: QueueRegistry, mode: RunMode): Promise<Ended> {
  try {
    const capture = new CaptureFile(host, { path: captureFile, keep: mode !== "batch", changelog: false });
    const { manager, tables } = start(sample.job, {
      host,
      mode,
      ...(mode === "batch" ? {} : { checkpoint: "checkpoints" }),
      params: sample.params,
      queues,
      listener: (output) => capture.listener(output),
      warn: () => {},
    });
    const failures = await Promise.all(manager.all.map((query) => query.awaitTermination().then(() => undefined, (error: unknown) => error)));
    const other = failures.find((failure) => failure !== undefined && !(failure instanceof SimulatedCrash));
    if (other !== undefined) throw other;
    return { crashed: failures.some((failure) => failure !== undefined), tables };
  } catch (error) {
    if (!(error instanceof SimulatedCrash)) throw error;
    return { crashed: true, tables: undefined };
  }
}

async function resultsOf(sample: QuerySample, host: SimHost, tables: MemoryTables | undefined): Promise<Readonly<Record<string, readonly string[]>>> {
  const batches = readCapture(host.fs.text(captureFile) ?? "");
  const results: Record<string, readonly string[]> = {};
  for (const { plan, query } of sample.job.queries.flatMap(({ plan, outputs }) => outputs.map((query) => ({ plan, query })))) {
    const isOrdered = hasOrder(query, planOf(query.name, plan));
    const result = resultOf(query, isOrdered, batches.filter((batch) => batch.query === query.name));
    results[query.name] = result;
    const lines = sinkLines(host, query.name);
    const files = isOrdered ? lines : lines?.toSorted();
    const written = await otherFiles(host, query);
    if (written !== undefined) results[`${query.name} files`] = written;
    if (files !== undefined && files.join("\n") !== result.join("\n")) throw new Error(`the files of ${query.name} hold\n${files.join("\n")}\nand its capture\n${result.join("\n")}`);
    if (files === undefined && written === undefined) holdTable(query, plan, tables, result);
  }
  for (const { name, late } of sample.job.sideOutputs) results[name] = (sinkLines(host, name) ?? []).map((row) => (late === undefined ? withoutPlace(row) : row));
  return results;
}

/** The plan of one sink: of several that are one query, its own part. */
function planOf(sink: string, plan: string): string {
  const lines = plan.split("\n");
  const first = lines.findIndex((line) => line.startsWith(`  Sink ${sink} `));
  if (!plan.startsWith("Query ") || first < 0) return plan;
  const next = lines.findIndex((line, at) => at > first && line.startsWith("  Sink "));
  return lines.slice(first, next < 0 ? undefined : next).map((line) => line.slice(2)).join("\n");
}

/** Whether the order counts: where rows are appended in the order of the input, or were ordered. Groups are appended as they close, batch by batch. */
function hasOrder(query: OutputDefinition<never>, plan: string): boolean {
  return (query.mode === "append" && !plan.includes("Aggregate [onClose]")) || /^ {2}(?:Sort|Limit|Project[^\n]*\n {4}(?:Sort|Limit))/m.test(plan);
}

/** The result by the capture. */
function resultOf(query: OutputDefinition<never>, isOrdered: boolean, batches: readonly CapturedBatch[]): readonly string[] {
  const rows = capturedResult(batches, query.mode, query.key);
  return isOrdered ? rows : [...rows].sort();
}

/** The lines of a file sink, which writes into `out/NAME`; undefined where there is none. Only what the manifest lists may be visible. */
function sinkLines(host: SimHost, name: string): readonly string[] | undefined {
  const folder = `/home/out/${name}`;
  const visible = host.fs.list(folder)?.filter((file) => !file.startsWith("_"));
  if (visible === undefined || !visible.every((file) => file.endsWith(".json"))) return undefined;
  const listed = listedInManifest(host, folder);
  if (visible.sort().join() !== [...listed].sort().join()) throw new Error(`${folder} shows ${visible.join()}, and its manifest lists ${listed.join()}`);
  return listed.flatMap((file) => (host.fs.text(`${folder}/${file}`) ?? "").split("\n").filter((line) => line !== ""));
}

/** What a sink has written otherwise than as JSON lines in its own folder: the lines of each folder and format, as JSON texts. */
async function otherFiles(host: SimHost, { name, columns }: OutputDefinition<never>): Promise<readonly string[] | undefined> {
  const folder = `/home/out/${name}`;
  const visible = host.fs.files(folder).map((path) => path.slice(folder.length + 1)).filter((path) => !path.startsWith("_"));
  if (visible.length === 0 || visible.every((path) => /^part-[^/]*\.json$/.test(path))) return undefined;
  const listed = listedInManifest(host, folder);
  if ([...visible].sort().join() !== [...listed].sort().join()) throw new Error(`${folder} shows ${visible.join()}, and its manifest lists ${listed.join()}`);
  const lines = new Map<string, Set<string>>();
  for (const path of listed) {
    const bytes = host.fs.readFile(`${folder}/${path}`) ?? new Uint8Array(0);
    const text = path.endsWith(".parquet") ? (await parquetRows(bytes, columns)).join("\n") : path.endsWith(".avro") ? (await avroRows(bytes, columns)).join("\n") : Buffer.from(path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    const place = path.replace(/part-[\d-]+\d/, "*");
    const known = lines.get(place) ?? new Set();
    // Each file may have a header of its own, so equal lines count once.
    for (const line of text.split("\n")) if (line !== "") known.add(line);
    lines.set(place, known);
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([place, found]) => [...found].map((line) => JSON.stringify({ file: place, line })));
}

/** The rows of a Parquet file as JSON texts, columns that it has not as nulls. */
async function parquetRows(bytes: Uint8Array, columns: readonly SinkColumn[]): Promise<readonly string[]> {
  const reading = { columns: columns.map((column) => ({ name: column.name, type: { ...columnType(column), nullable: true } })), rowGroups: [], zone: utc };
  const rows: string[] = [];
  for await (const block of readParquet({ path: "out", size: bytes.length, compression: nodeCompression, read: (at, length) => bytes.slice(at, at + length) }, reading, new AbortController().signal)) {
    for (let row = 0; row < block.rows; row++) rows.push(JSON.stringify(Object.fromEntries(columns.map(({ name }, column) => [name, block.columns[column]?.[row]])), (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)));
  }
  return rows;
}

/** The rows of an Avro container file as JSON texts, columns that it has not as nulls. */
async function avroRows(bytes: Uint8Array, columns: readonly SinkColumn[]): Promise<readonly string[]> {
  const { avroBlocks } = await import("../../runtime/avro.ts");
  const fields = columns.map(({ name, type, shape }): FieldDescriptor => [name, shape ?? (`${type}?` as TypeDescriptor)]);
  const file = { path: "out", size: bytes.length, compression: nodeCompression, read: (at: number, length: number) => bytes.slice(at, at + length) };
  const rows: string[] = [];
  for await (const block of avroBlocks(fields).blocks(file, new AbortController().signal)) {
    for (let row = 0; row < block.rows; row++) rows.push(JSON.stringify(Object.fromEntries(columns.map(({ name }, column) => [name, block.columns[column]?.[row]])), (_, value: unknown) => (typeof value === "bigint" ? String(value) : value instanceof Map ? [...value] : value instanceof Uint8Array ? [...value] : value)));
  }
  return rows;
}

/** A memory sink shows the result too; in append mode only what came since the last start, and without what the watermark or the clock gave back before, or rows of a state, which it gives once. */
function holdTable(query: OutputDefinition<never>, plan: string, tables: MemoryTables | undefined, result: readonly string[]): void {
  const table = tables?.get(query.name);
  if (table === undefined || table.mode === "append" || (table.mode === "update" && /Watermark|current_timestamp|batches\(|State (?:map|flatMap|process) /.test(plan))) return;
  const shown = [...table.rows()].map((cells) => cells.join()).sort();
  const expected = result.map((row) => memberTexts(row).join()).sort();
  if (shown.join("\n") !== expected.join("\n")) throw new Error(`the table ${query.name} shows\n${shown.join("\n")}\nand the capture\n${expected.join("\n")}`);
}

/** A malformed record without what depends on how the input is cut into files. */
function withoutPlace(row: string): string {
  return `{${jsonMembers(row).flatMap(([name, value]) => (name === "raw" || name === "error" ? [`"${name}":${value}`] : [])).join()}}`;
}
