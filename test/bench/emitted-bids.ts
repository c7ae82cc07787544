import type { ColumnBatch, Reader, ReaderDefinition } from "../../runtime/formats/column-batch.ts";
import type { Longs } from "../../runtime/formats/columns/longs.ts";
import type { Texts } from "../../runtime/formats/columns/texts.ts";
import type { JsonWriter } from "../../runtime/formats/json-writer.ts";
import type { Groups, GroupSpec } from "../../runtime/operators/groups.ts";
import { createGroups } from "../../runtime/operators/groups-table.ts";
import type { Sessions, SessionSpec } from "../../runtime/operators/sessions.ts";
import { createSessions } from "../../runtime/operators/sessions-table.ts";
import type { KeptOperator } from "../../runtime/operators/stateful.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import type { ProgramContext } from "../../runtime/query/query-context.ts";
import { createStateCodec } from "../../runtime/state/codec.ts";
import { WatermarkTracker } from "../../runtime/time/watermark-tracker.ts";
import { bidSchema, type Bids } from "./bids.ts";
import { loadJob } from "./load-job.ts";
import { NullFile } from "./null-file.ts";

/** The columns that a job over bids may show. */
export interface BidColumns {
  readonly auction: Longs;
  readonly bidder: Longs;
  readonly price: Longs;
  readonly channel: Texts;
  readonly url: Texts;
  readonly dateTime: Float64Array;
  readonly extra: Texts;
}

/** A row of a grouped count. */
export interface CountRow {
  readonly key: number | bigint | string;
  readonly hits: number | bigint;
}

/** A row of a windowed query. */
interface SumsRow {
  readonly hits: number | bigint;
  readonly total: number | bigint;
}

/** The job `bids |> steps into …`. */
export function loadBidsJob(sink: string, format: "json" | "csv" = "json"): Promise<JobDefinition> {
  return loadJob("bids", `${bidSchema.replace("queue()", `queue(format: "${format}")`)}sink result = bids |> ${sink}\n`);
}

/** Makes the job's reader. */
export function bidsReader(job: JobDefinition): Reader<BidColumns> {
  // The job was compiled just so that its reader gives these columns.
  const reader = job.queries[0]?.reads["bids"]?.reader as ReaderDefinition<BidColumns> | undefined;
  if (reader === undefined) throw new Error("the job has no read of bids");
  return reader.create({ malformedAsNull: false });
}

/** Reads all bids and hands each batch on. */
export function eachBatch(reader: Reader<BidColumns>, bids: Bids, use: (batch: ColumnBatch<BidColumns>) => void): void {
  let offset = 0;
  for (const chunk of bids.chunks) {
    const batch = reader.read({ bytes: chunk, start: 0, end: chunk.length, origin: "bids", offset });
    const [malformed] = batch.malformed;
    if (malformed !== undefined) throw new Error(malformed.error);
    offset += chunk.length;
    use(batch);
  }
}

/** Runs the job's own process loop over all bids, one batch of the query, and hands on the rows of its result. */
export function runBids(job: JobDefinition, bids: Bids, use: (row: CountRow) => void): void {
  const { process, finish } = programOf(job, new BenchContext(use));
  eachBatch(bidsReader(job), bids, process);
  finish();
}

/** Runs a query with windows in batches, each with the watermarks that the executor would give it, and writes its rows as JSON. */
export function runWindowedBids(job: JobDefinition, bids: Bids, chunksPerBatch: number): NullFile {
  const file = new NullFile();
  const encode = job.queries[0]?.outputs[0]?.encodeJson as ((row: SumsRow, out: JsonWriter) => void) | undefined;
  if (encode === undefined) throw new Error("the job has no query");
  const context = new BenchContext((row: SumsRow) => {
    encode(row, file.out);
    file.endLine(Number(row.hits) * Number(row.total));
  });
  const { process, finish } = programOf(job, context);
  const reader = bidsReader(job);
  for (let chunk = 0; chunk < bids.chunks.length; chunk += chunksPerBatch) {
    context.beginBatch();
    eachBatch(reader, { chunks: bids.chunks.slice(chunk, chunk + chunksPerBatch), rows: bids.rows }, process);
    finish();
    context.endBatch();
  }
  context.beginBatch(Infinity);
  finish();
  context.endBatch();
  file.flush();
  return file;
}

function programOf(job: JobDefinition, context: BenchContext): { readonly process: (batch: ColumnBatch<BidColumns>) => void; readonly finish: () => void } {
  const used: UsedContext = context;
  const program = job.queries[0]?.build(used as ProgramContext);
  const handler = program?.reads["bids"];
  const process = (typeof handler === "function" ? handler : handler?.process) as ((batch: ColumnBatch<BidColumns>) => void) | undefined;
  if (process === undefined) throw new Error("the query reads no bids");
  return { process, finish: () => void program?.finish?.() };
}

/** What the queries of the bench use of their context. */
type UsedContext = Pick<ProgramContext, "params" | "output" | "outputs" | "batch" | "groups" | "sessions" | "watermark" | "rowFailure">;

/** What a query needs to run without sources, checkpoint and sink. */
class BenchContext implements UsedContext {
  readonly params = {};
  readonly outputs = {};
  readonly output: ProgramContext["output"];
  batch = { id: 0, lateWatermark: 0, evictWatermark: 0, timestamp: 0, incarnation: 1, attempt: 1 };
  readonly #codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } });
  readonly #kept: KeptOperator[] = [];
  #tracker: WatermarkTracker | undefined;

  constructor(use: (row: never) => void) {
    this.output = { insert: use, write: (_kind, row) => use(row), change: (_weight, row) => use(row) };
  }

  /** Begins the next batch with the watermark that the rows so far make, or with the one given. */
  beginBatch(watermark: number = this.#tracker?.current ?? 0): void {
    this.batch = { ...this.batch, id: this.batch.id + 1, lateWatermark: this.batch.evictWatermark, evictWatermark: watermark };
    const { lateWatermark, evictWatermark, timestamp } = this.batch;
    for (const operator of this.#kept) operator.beginBatch({ lateWatermark, evictWatermark, timestamp, isRebuilding: false });
  }

  endBatch(): void {
    for (const operator of this.#kept) {
      operator.evict();
      // Asked for its changes an operator forgets them, so that it may tidy up; they go nowhere, and are not encoded.
      for (const _change of operator.changes()) break;
    }
    this.#tracker?.endBatch();
  }

  groups<const Spec extends GroupSpec>(operatorId: string, spec: Spec): Groups<Spec> {
    const { groups, state } = createGroups(operatorId, spec, this.#codec);
    this.#kept.push(state);
    return groups;
  }

  sessions<const Spec extends SessionSpec>(operatorId: string, spec: Spec): Sessions<Spec> {
    const { sessions, state } = createSessions(operatorId, spec, this.#codec);
    this.#kept.push(state);
    return sessions;
  }

  watermark(operatorId: string, delay: number): WatermarkTracker {
    return (this.#tracker = new WatermarkTracker(operatorId, delay));
  }

  rowFailure(error: unknown): Error {
    return error instanceof Error ? error : new Error(String(error));
  }
}
