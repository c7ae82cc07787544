import { crc32c } from "../checkpoint/crc32c.ts";
import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import { onlyChunk } from "../connectors/only-chunk.ts";
import type { Offset, StreamSource, TableSource } from "../connectors/source.ts";
import type { Chunk, MalformedRow } from "../formats/column-batch.ts";
import type { Host } from "../host/host.ts";
import type { QueryProgram, ReadDefinition } from "./definition.ts";
import type { OpenedRead } from "./open-sources.ts";
import type { ProgressMeter } from "./progress-meter.ts";
import { ReadRunner } from "./read-runner.ts";
import type { RowPartitionCheck } from "./row-partition-check.ts";

type Chunks = ReturnType<StreamSource["read"]>;

interface ReadParts {
  readonly queryName: string;
  readonly reads: readonly OpenedRead[];
  readonly program: QueryProgram;
  readonly host: Host;
  readonly meter: ProgressMeter;
  /** Whether the query reads tables only, or everything whole: their rows are then its input. */
  readonly bounded: boolean;
  /** Fires when the query is interrupted in the middle of a batch. */
  readonly signal: AbortSignal;
  /** A malformed record that is to go to a side output, if its read says so. */
  onMalformed(read: ReadDefinition<unknown>, row: MalformedRow): void;
  /** What the reading waits for while a sink does not keep up. */
  pressure(): Promise<void> | undefined;
  /** Holds a read's rows against the partitions that they came from, in a shard. */
  partitionCheck(read: OpenedRead): RowPartitionCheck | undefined;
}

/** The reads of a query's batches, in the program's order. */
export class QueryReads {
  readonly #parts: ReadParts;
  /** In the program's order. */
  readonly #runs: readonly { readonly runner: ReadRunner; readonly read: OpenedRead }[];
  /** The reads whose malformed records the running batch sends to side outputs. */
  #routed: ReadonlySet<string> = new Set();
  /** Fingerprints of the tables when they were last read, by read. */
  #tables = new Map<string, string>();

  constructor(parts: ReadParts) {
    this.#parts = parts;
    this.#runs = parts.reads.map((read) => ({
      read,
      runner: new ReadRunner(parts.queryName, read.name, read.definition, parts.program, parts.host, {
        onMalformed: (row) => {
          if (this.#routed.has(read.name)) parts.onMalformed(read.definition, row);
        },
        pressure: () => parts.pressure(),
        registry: read.registry,
        partitionCheck: parts.partitionCheck(read),
      }),
    }));
  }

  /** Says where the malformed records of the batch go: a table's are sent once for each content that it has, a stream's as they come. */
  route(entry: OffsetsEntry): void {
    this.#routed = this.#firstReads(({ name, table }) => table === undefined || entry.offsets[name] !== (entry.start[name] ?? undefined));
  }

  /** Sends the malformed records of every read. */
  routeAll(): void {
    this.#routed = this.#firstReads(() => true);
  }

  /** Sends none. */
  routeNone(): void {
    this.#routed = new Set();
  }

  /** The tables' fingerprints as they are now, by read. */
  fingerprints(): Map<string, string> {
    return new Map(this.#parts.reads.flatMap(({ name, table }) => (table === undefined ? [] : [[name, table.fingerprint()]])));
  }

  /**
   * The reads in the program's order. Tables are read again only when the files of one of them changed, and then all of them,
   * because what is made of one may stand on another; a query over tables alone reads each once. Without an entry the streams give nothing.
   */
  async run(entry: OffsetsEntry | undefined, tables: Map<string, string>): Promise<void> {
    const changed = [...tables].some(([name, fingerprint]) => this.#tables.get(name) !== fingerprint);
    for (const { runner, read } of this.#runs) {
      if (read.table === undefined) this.#parts.meter.addRead(read.offsets, await runner.run(chunksOf(read, entry), this.#parts.signal));
      else if (changed) await this.#runTable(runner, read.name, read.table);
    }
    this.#tables = tables;
  }

  /** A chunk of a stream that is followed: every read of it takes it. */
  async follow(owner: string, chunk: Chunk): Promise<void> {
    for (const { runner, read } of this.#runs) {
      if (read.offsets === owner && read.stream !== undefined) this.#parts.meter.addRead(owner, await runner.run(onlyChunk(chunk), this.#parts.signal));
    }
  }

  async #runTable(runner: ReadRunner, name: string, table: TableSource): Promise<void> {
    const { bounded, meter, signal } = this.#parts;
    const counts = await runner.run(table.read(), signal);
    // Rows of a table count where it is what the query reads, not where it is the side of a join (as in Spark).
    if (bounded) meter.addRead(name, counts);
    else meter.addMalformed(counts.malformed);
  }

  /** Names of the reads that meet a condition; of several reads of one input the first only. */
  #firstReads(meets: (read: OpenedRead) => boolean): ReadonlySet<string> {
    const { reads } = this.#parts;
    const isFirst = (read: OpenedRead): boolean => reads.find(({ definition }) => definition.input === read.definition.input) === read;
    return new Set(reads.filter((read) => isFirst(read) && meets(read)).map(({ name }) => name));
  }
}

/** What `offsets/N` keeps of a table: a short text in place of its fingerprint. */
export function tableOffset(fingerprint: string): Offset {
  const bytes = Buffer.from(fingerprint);
  return JSON.stringify({ table: `${crc32c(bytes).toString(16)}-${bytes.length}` });
}

function chunksOf(read: OpenedRead, entry: OffsetsEntry | undefined): Chunks {
  const to = entry?.offsets[read.offsets] ?? undefined;
  const from = entry?.start[read.offsets] ?? undefined;
  if (read.stream === undefined || to === undefined || to === from) return nothing();
  return read.stream.read(from, to);
}

async function* nothing(): AsyncGenerator<never> {}
