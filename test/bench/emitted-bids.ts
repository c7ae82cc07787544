import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "../../compiler/compile.ts";
import { emitJob } from "../../compiler/emit.ts";
import type { ColumnBatch, Reader, ReaderDefinition } from "../../runtime/formats/column-batch.ts";
import type { Longs } from "../../runtime/formats/columns/longs.ts";
import type { Texts } from "../../runtime/formats/columns/texts.ts";
import { createGroups, createScratchGroups } from "../../runtime/operators/groups-table.ts";
import { createFirstKeys } from "../../runtime/operators/first-keys.ts";
import { createLookup } from "../../runtime/operators/lookup-table.ts";
import type { JobDefinition, QueryProgram } from "../../runtime/query/definition.ts";
import type { ProgramContext } from "../../runtime/query/query-context.ts";
import { createStateCodec } from "../../runtime/state/codec.ts";
import { WatermarkTracker } from "../../runtime/time/watermark-tracker.ts";
import { bidSchema, type Bids } from "./bids.ts";

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

/** Compiles `bids |> steps into …` and loads the emitted modules from files, as a run does. */
export async function loadBidsJob(sink: string, format: "json" | "csv" = "json"): Promise<JobDefinition> {
  const checked = compile("bids.sluice", `${bidSchema.replace("queue()", `queue(format: "${format}")`)}sink result = bids |> ${sink}\n`, { files: { read: () => undefined } });
  const [problem] = checked.diagnostics;
  if (problem !== undefined) throw new Error(`${problem.code}: ${problem.message}`);
  const root = new URL("../../", import.meta.url);
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const runtimeSpecifier = (entry: string): string => new URL(entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`, root).href;
    for (const { name, text } of emitJob(checked, { runtimeSpecifier, userSpecifier: (specifier) => specifier })) writeFileSync(join(folder, name), text);
    const module = (await import(pathToFileURL(join(folder, "bids.ts")).href)) as { readonly job: JobDefinition };
    return module.job;
  } finally {
    rmSync(folder, { recursive: true });
  }
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
  const query = job.queries[0];
  if (query === undefined) throw new Error("the job has no query");
  const program: QueryProgram = query.build(contextOf(use));
  const handler = program.reads["bids"];
  const process = (typeof handler === "function" ? handler : handler?.process) as ((batch: ColumnBatch<BidColumns>) => void) | undefined;
  if (process === undefined) throw new Error("the query reads no bids");
  eachBatch(bidsReader(job), bids, process);
  program.finish?.();
}

function contextOf(use: (row: CountRow) => void): ProgramContext {
  const codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } });
  return {
    params: {},
    output: { insert: use, write: (_kind, row) => use(row) },
    outputs: {},
    batch: { id: 0, lateWatermark: 0, evictWatermark: 0, timestamp: 0, incarnation: 1, attempt: 1 },
    groups: (operatorId, spec) => createGroups(operatorId, spec, codec).groups,
    scratchGroups: (spec) => createScratchGroups(spec),
    firstKeys: (spec) => createFirstKeys(spec),
    lookup: (spec) => createLookup(spec),
    watermark: (operatorId, delay) => new WatermarkTracker(operatorId, delay),
    rowFailure: (error) => (error instanceof Error ? error : new Error(String(error))),
  };
}
