import { readFileSync } from "node:fs";
import type { Sink } from "../../runtime/connectors/sink.ts";
import type { ColumnBatch, Reader } from "../../runtime/formats/column-batch.ts";
import type { JobDefinition, OutputDefinition } from "../../runtime/query/definition.ts";
import { OperatorRegistry } from "../../runtime/query/operator-registry.ts";
import { QueryOutput } from "../../runtime/query/query-output.ts";
import { createStateCodec } from "../../runtime/state/codec.ts";
import type { WatermarkTracker } from "../../runtime/time/watermark-tracker.ts";
import { loadJob } from "./load-job.ts";
import type { NexmarkBatch, NexmarkKind } from "./nexmark-events.ts";
import { NullFile } from "./null-file.ts";

/** A query of the examples with its streams from queues and its rows to nowhere. */
export function loadNexmarkQuery(name: string): Promise<JobDefinition> {
  const text = readFileSync(new URL(`../../examples/nexmark/${name}.sluice`, import.meta.url), "utf8");
  return loadJob(name, text.replace(/^param .*$/gm, "").replace(/from file\([^\n]*\)/g, "from queue()").replace("into memory()", "into discard()"));
}

/** Runs the first query of a job over all batches with the watermarks that the executor would give them, and writes its rows as JSON. `valueOf` says what a row adds to the checksum. */
export function runNexmark(job: JobDefinition, batches: readonly NexmarkBatch[], valueOf: (row: never) => number): NullFile {
  const run = new NexmarkRun(job, valueOf);
  for (const batch of batches) run.batch(run.watermark, batch);
  // What a watermark holds back comes at the end of input.
  if (run.hasWatermark) run.batch(Infinity, undefined);
  run.file.flush();
  return run.file;
}

/** A query without sources, checkpoint and sink: its operators as a run has them. */
class NexmarkRun {
  readonly file = new NullFile();
  readonly #trackers: WatermarkTracker[] = [];
  readonly #reads: readonly { readonly kind: NexmarkKind; readonly reader: Reader<unknown>; readonly process: (batch: ColumnBatch<unknown>) => void }[];
  readonly #operators: OperatorRegistry;
  readonly #output: QueryOutput<never>;
  readonly #finish: (() => void) | undefined;
  #batch = { id: -1, lateWatermark: 0, evictWatermark: 0, timestamp: 0, incarnation: 1, attempt: 1 };

  constructor({ queries: [query] }: JobDefinition, valueOf: (row: never) => number) {
    const [definition] = query?.outputs ?? [];
    if (query === undefined || definition === undefined) throw new Error("the job has no query");
    this.#output = new QueryOutput(definition as OutputDefinition<never>, jsonSink(this.file, definition.encodeJson, valueOf), undefined);
    this.#operators = new OperatorRegistry({
      queryName: query.name,
      params: {},
      outputs: { first: this.#output, byName: {} },
      sides: { useForMalformed: () => undefined, takeMalformed: () => undefined, rows: () => ({ insert: () => undefined }) },
      codec: createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } }),
      clock: { beginBatch: () => undefined, add: (tracker) => this.#trackers.push(tracker) },
      onMalformed: () => undefined,
    });
    const program = query.build(this.#operators);
    this.#reads = Object.entries(program.reads).map(([name, handler]) => {
      const process = typeof handler === "function" ? handler : handler.process.bind(handler);
      // A reader's columns are those that its handler asks for.
      return { kind: name as NexmarkKind, reader: (query.reads[name]!).reader.create({ malformedAsNull: false }), process: process as (batch: ColumnBatch<unknown>) => void };
    });
    // None of these queries waits for anything.
    this.#finish = program.finish === undefined ? undefined : () => void program.finish?.();
  }

  get hasWatermark(): boolean {
    return this.#trackers.length > 0;
  }

  /** The least of the watermarks that the rows so far make (milliseconds). */
  get watermark(): number {
    return this.#trackers.length === 0 ? 0 : Math.max(0, Math.min(...this.#trackers.map(({ current }) => current)));
  }

  batch(watermark: number, records: NexmarkBatch | undefined): void {
    this.#batch = { ...this.#batch, id: this.#batch.id + 1, lateWatermark: this.#batch.evictWatermark, evictWatermark: watermark };
    this.#operators.beginBatch(this.#batch, false);
    this.#output.begin(true);
    for (const { kind, reader, process } of this.#reads) for (const chunk of records?.[kind] ?? []) process(read(reader, chunk));
    this.#finish?.();
    this.#output.settle();
    this.#operators.evict();
    for (const operator of this.#operators.stateful) {
      operator.takeCounts();
      // Asked for its changes an operator forgets them, so that it may tidy up; they go nowhere, and are not encoded.
      for (const _change of operator.changes()) break;
    }
    for (const tracker of this.#trackers) tracker.endBatch();
  }
}

function read(reader: Reader<unknown>, chunk: Buffer): ColumnBatch<unknown> {
  const batch = reader.read({ bytes: chunk, start: 0, end: chunk.length, origin: "nexmark", offset: 0 });
  const [malformed] = batch.malformed;
  if (malformed !== undefined) throw new Error(malformed.error);
  return batch;
}

function jsonSink(file: NullFile, encode: OutputDefinition<never>["encodeJson"], valueOf: (row: never) => number): Sink<never> {
  return {
    encodesRows: true,
    begin: () => true,
    write(_kind, row) {
      encode(row, file.out);
      file.endLine(valueOf(row));
    },
    prepare: () => Promise.resolve([]),
    commit: () => Promise.resolve(),
    abort: () => Promise.resolve(),
    close: () => Promise.resolve(),
    description: "NullFile",
  };
}
