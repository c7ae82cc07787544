import { Checkpoint } from "../../runtime/checkpoint/checkpoint.ts";
import { makeDurableDirectory, writeDurably } from "../../runtime/checkpoint/durable-file.ts";
import type { OffsetsEntry } from "../../runtime/checkpoint/log-entries.ts";
import { checkpointError } from "../../runtime/errors/checkpoint-error.ts";
import type { Host } from "../../runtime/host/host.ts";
import type { StateChange, StateCodec, StateDescriptor, StatefulOperator } from "../../runtime/operators/stateful.ts";
import type { StateVersion } from "../../runtime/state/state-version.ts";

/** A count per text, kept in state: the least that an operator can be. */
export class Counts implements StatefulOperator {
  readonly descriptor: StateDescriptor;
  readonly #codec: StateCodec;
  readonly #counts = new Map<string, number>();
  readonly #changed = new Set<string>();

  constructor(operatorId: string, codec: StateCodec) {
    this.descriptor = { operatorId, key: ["string"], value: ["count"] };
    this.#codec = codec;
  }

  get rows(): number {
    return this.#counts.size;
  }

  /** Adds to a count; a count that comes to 0 is forgotten. */
  add(key: string, amount: number): void {
    const count = (this.#counts.get(key) ?? 0) + amount;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
    this.#changed.add(key);
  }

  /** All counts by key, sorted. */
  all(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  restore(partition: number, key: Uint8Array, value: Uint8Array): void {
    if (this.#codec.partitionOf(key) !== partition) throw new Error("the key is in the wrong partition");
    this.#counts.set(this.#codec.reader(key).readText(), Number(this.#codec.reader(value).readLong()));
  }

  *changes(): Iterable<StateChange> {
    const changed = [...this.#changed].sort();
    this.#changed.clear();
    for (const key of changed) yield this.#change(key);
  }

  *entries(): Iterable<StateChange> {
    for (const key of this.#counts.keys()) yield this.#change(key);
  }

  clear(): void {
    this.#counts.clear();
    this.#changed.clear();
  }

  #change(text: string): StateChange {
    const writer = this.#codec.writer();
    writer.writeText(text);
    const key = writer.take();
    const count = this.#counts.get(text);
    if (count !== undefined) writer.writeLong(count);
    return { partition: this.#codec.partitionOf(key), key, value: count === undefined ? undefined : writer.take() };
  }
}

export interface ToyOptions {
  readonly directory: string;
  readonly records: readonly string[];
  readonly retain?: number;
  readonly partitions?: number;
  /** Ends after so many batches; by default when all records are read. */
  readonly batches?: number;
  warn?(message: string): void;
}

/** What a run has made: the counts from state, and all records that the sink has taken, in order. */
export interface ToyResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly output: readonly string[];
}

/**
 * A query in small, with every kind of durable write in the order of a batch: records are counted by text (`-x` takes one `x` away),
 * and go to a sink that drops batches it has seen. How many records a new batch takes depends on the run, so that a batch that is
 * planned anew instead of being run again gives a wrong result.
 */
export function runToy(host: Host, options: ToyOptions): ToyResult {
  const { directory, records } = options;
  const identity = { queryName: "toy", sources: [{ name: "lines", connector: "toy" }], statePartitions: options.partitions ?? 2 };
  const warn = (message: string): void => options.warn?.(message);
  const checkpoint = Checkpoint.open(host, `${directory}/checkpoint`, identity, { retain: options.retain ?? 3, warn });
  const counts = new Counts("lines/aggregate", checkpoint.codec);
  const log = checkpoint.sourceLog("lines");
  const store = checkpoint.stateStore([counts]);
  makeDurableDirectory(host, `${directory}/out`);

  const runBatch = (entry: OffsetsEntry): StateVersion => {
    const payload = log.read(entry.batchId);
    if (payload === undefined) throw checkpointError("missingFile", "the records of a batch are missing", `${directory}/checkpoint/sources/0/${entry.batchId}`, "restore it");
    const lines: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (!Array.isArray(lines)) throw new TypeError("not an entry of the toy source");
    for (const line of lines.map(String)) counts.add(line.replace(/^-/, ""), line.startsWith("-") ? -1 : 1);
    const state = store.commit(entry.batchId);
    checkpoint.ensureCurrent();
    const target = `${directory}/out/${entry.batchId}`;
    if (host.fs.stat(target) === undefined) writeDurably(host, target, new TextEncoder().encode(JSON.stringify(lines)), "sink-manifest");
    checkpoint.writeCommits({ batchId: entry.batchId, watermark: entry.batchId, inputWatermarks: { "lines/watermark": entry.batchId }, state, sinkFiles: [String(entry.batchId)] });
    log.removeBelow(entry.batchId);
    return state;
  };

  const recovery = checkpoint.recover();
  let base = recovery.base;
  let at = Number(recovery.start["lines"] ?? 0);
  let batchId = recovery.batchId;
  store.load(base);
  if (recovery.kind === "replay") {
    base = runBatch(recovery.entry);
    at = Number(recovery.entry.offsets["lines"]);
    batchId++;
  }
  while (at < records.length && batchId < (options.batches ?? Infinity)) {
    const end = Math.min(records.length, at + 3 + (checkpoint.incarnation % 3));
    log.write(batchId, new TextEncoder().encode(JSON.stringify(records.slice(at, end))));
    const entry: OffsetsEntry = {
      batchId, start: { lines: String(at) }, offsets: { lines: String(end) }, timestampMs: host.clock.now(), lateWatermark: 0, evictWatermark: batchId,
      inputWatermarks: { "lines/watermark": batchId }, settings: { statePartitions: checkpoint.partitions }, base,
    };
    checkpoint.writeOffsets(entry);
    base = runBatch(entry);
    at = end;
    batchId++;
  }
  checkpoint.close();
  return { counts: counts.all(), output: readOutput(host, directory, batchId) };
}

/** What a run over some records must give, however often it was cut off. */
export function expectedOf(records: readonly string[]): ToyResult {
  const counts = new Map<string, number>();
  for (const line of records) {
    const key = line.replace(/^-/, "");
    counts.set(key, (counts.get(key) ?? 0) + (line.startsWith("-") ? -1 : 1));
  }
  const left = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return { counts: Object.fromEntries(left), output: records };
}

/** Records with keys that come, come again and go. */
export function toyRecords(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => (at % 5 === 4 ? `-k${(at - 4) % 7}` : `k${at % 7}`));
}

function readOutput(host: Host, directory: string, batches: number): readonly string[] {
  const output: string[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const lines: unknown = JSON.parse(new TextDecoder().decode(host.fs.readFile(`${directory}/out/${batch}`)));
    if (Array.isArray(lines)) output.push(...lines.map(String));
  }
  return output;
}
