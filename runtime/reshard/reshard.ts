import { codingWrites, listCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { makeDurableDirectory } from "../checkpoint/durable-file.ts";
import type { PersistedSettings } from "../checkpoint/log-entries.ts";
import type { QueryIdentity } from "../checkpoint/metadata.ts";
import { joinPath, parentPath } from "../checkpoint/paths.ts";
import { checkStateSchema } from "../checkpoint/state-schema.ts";
import { normalizedPath } from "../connectors/file/path.ts";
import type { KafkaClientFactory } from "../connectors/kafka/client/kafka-client.ts";
import { reshardError } from "../errors/reshard-error.ts";
import type { Host } from "../host/host.ts";
import type { KeptOperator } from "../operators/stateful.ts";
import { checkShardInputs, checkShardState } from "../query/check-shard.ts";
import type { JobDefinition, ParamValues, QueryDefinition } from "../query/definition.ts";
import { operatorsOf } from "../query/operators-of.ts";
import { resolveParams } from "../query/resolve-params.ts";
import { shardsWords, slicesOf } from "../query/shard.ts";
import { selectedQueries, start } from "../query/start.ts";
import { slicesInUse, switchSlices } from "../shards/slices-in-use.ts";
import { createStateCodec } from "../state/codec.ts";
import { levellingOf } from "./levelling-of.ts";
import { mergePositions, newestOf } from "./merge-positions.ts";
import { NewSlice } from "./new-slice.ts";
import { holdSlice, readOldSlice, type OldSlice } from "./old-slice.ts";
import { partitionsOfEntries, topicPartitions, type PartitionOfEntry } from "./row-owner.ts";
import { SlicePlace, sliceName } from "./slice-place.ts";
import { spreadState } from "./spread-state.ts";

/** What is to be divided anew. */
export interface ReshardOptions {
  readonly host: Host;
  /** The folder that the job's runs name by `--checkpoint`. */
  readonly checkpoint: string;
  /** How many shards there are, and how many there are to be; 1: one process. */
  readonly from: number;
  readonly to: number;
  /** Names of queries; all unless given. */
  readonly queries?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly kafka?: KafkaClientFactory;
  warn(message: string): void;
}

/** What became of a query's checkpoint. */
export interface ReshardedQuery {
  readonly query: string;
  /** Whether an earlier call had divided it so. */
  readonly wasDone: boolean;
  /** Entries of state in all new slices. */
  readonly entries: number;
  /** The folder that the old slices were put into; undefined where none were. */
  readonly setAside: string | undefined;
}

/**
 * Divides the checkpoints of a job's queries into another number of slices (docs/decisions/0032-shards.md), query by query. Each changes at one moment: until then the old slices hold, and
 * whoever dies leaves them as they are; after it the new ones. A call that was cut off is made again.
 */
export async function reshard(job: JobDefinition, options: ReshardOptions): Promise<readonly ReshardedQuery[]> {
  const params = resolveParams(job, options.params ?? {}, options.host.process.env);
  const queries = selectedQueries(job, options.queries).map((definition) => new QueryResharding(job, definition, params, options));
  for (const query of queries) query.check();
  const done: ReshardedQuery[] = [];
  for (const query of queries) done.push(await query.run());
  return done;
}

/** One query on its way into other slices. */
class QueryResharding {
  readonly #job: JobDefinition;
  readonly #definition: QueryDefinition<never>;
  readonly #params: ParamValues;
  readonly #options: ReshardOptions;
  readonly #place: SlicePlace;
  /** What `check` has found. */
  #slices: readonly OldSlice[] = [];
  #operators: readonly KeptOperator[] = [];

  constructor(job: JobDefinition, definition: QueryDefinition<never>, params: ParamValues, options: ReshardOptions) {
    this.#job = job;
    this.#definition = definition;
    this.#params = params;
    this.#options = options;
    this.#place = new SlicePlace(options.checkpoint, definition.name);
  }

  /** Refuses what cannot be divided; nothing is changed. */
  check(): void {
    this.#refuseClause();
    if (this.#isDone()) return;
    const { host, from, to } = this.#options;
    if (to > 1) checkShardInputs(this.#definition, this.#params);
    const inUse = slicesInUse(host, this.#place.whole) ?? from;
    if (inUse !== from) {
      throw reshardError("otherNumber", `the checkpoint of \`${this.#definition.name}\` stands in ${shardsWords(inUse)}, not in ${from}`, this.#place.whole, `write --from ${inUse}`);
    }
    this.#slices = this.#read();
    this.#operators = this.#operatorsOf(this.#slices);
    this.#checkSchemas(this.#slices);
    // Before slices are levelled.
    newestOf(this.#definition, this.#place.whole, this.#slices);
    settingsOf(this.#slices);
    this.#partitionOf(this.#slices);
  }

  /** Runs by the clause look for slices elsewhere, and would begin anew. */
  #refuseClause(): void {
    const { host } = this.#options;
    const clause = this.#definition.checkpoint?.(this.#params);
    if (clause === undefined || normalizedPath(host, clause) !== normalizedPath(host, this.#place.whole)) return;
    throw reshardError("ofClause", `the checkpoint of \`${this.#definition.name}\` is that of its clause \`checkpoint "${clause}"\`, by which runs would not find what is divided`, this.#place.whole, "take the clause out of the job, and run it with --checkpoint");
  }

  async run(): Promise<ReshardedQuery> {
    const { host, from, to } = this.#options;
    const query = this.#definition.name;
    if (this.#isDone()) return { query, wasDone: true, entries: 0, setAside: this.#setAside(from) };
    const slices = await this.#level();
    const released: (() => void)[] = [];
    let entries: number;
    try {
      for (const slice of slices) released.push(holdSlice(host, slice));
      // What the slices are when all others are kept out decides, whatever was found before.
      const held = this.#read();
      this.#checkSchemas(held);
      entries = this.#make(held);
      host.fault("reshard.written");
      if (from > 1 && slicesInUse(host, this.#place.whole) === undefined) switchSlices(host, this.#place.whole, from);
      this.#putInPlace();
      host.fault("reshard.placed");
      switchSlices(host, this.#place.whole, to);
    } finally {
      for (const release of released) release();
    }
    host.fault("reshard.switched");
    return { query, wasDone: false, entries, setAside: this.#setAside(from) };
  }

  #isDone(): boolean {
    const { host, from, to } = this.#options;
    return from !== to && slicesInUse(host, this.#place.whole) === to;
  }

  #read(): readonly OldSlice[] {
    const { host, from } = this.#options;
    const sources = Object.entries(this.#definition.reads).map(([name, read]) => ({ name, connector: read.connector(this.#params).name }));
    const identity: QueryIdentity = { queryName: this.#definition.name, sources, statePartitions: this.#job.settings.statePartitions };
    return slicesOf(from).map((shard) => readOldSlice(host, this.#place.slice(shard), { ...identity, ...(shard === undefined ? {} : { shard }) }));
  }

  /** The operators of the query, which must be of a kind that can be divided. */
  #operatorsOf([first]: readonly OldSlice[]): readonly KeptOperator[] {
    if (first === undefined) throw new RangeError("no slices to divide");
    const operators = operatorsOf(this.#definition, this.#params, createStateCodec(first.metadata.partitioning));
    if (this.#options.to > 1) checkShardState(this.#definition, operators);
    return operators;
  }

  /** The operators must be those of every slice. */
  #checkSchemas(slices: readonly OldSlice[]): void {
    const { host } = this.#options;
    const descriptors = this.#operators.map(({ descriptor }) => descriptor);
    for (const { directory, metadata, newest, incarnation } of slices) {
      if (newest !== undefined) checkStateSchema({ host, directory, queryId: metadata.queryId, incarnation }, descriptors, false);
    }
  }

  /** Brings the slices to one watermark and one time: windows that are open in one and given in another could be in no slice together. Gives the slices as they are then. */
  async #level(): Promise<readonly OldSlice[]> {
    const { host, checkpoint, params = {}, kafka, warn } = this.#options;
    const level = levellingOf(this.#slices, host.clock.now());
    if (level === undefined || this.#operators.length === 0) return this.#slices;
    for (const { shard, newest } of this.#slices) {
      if (newest === undefined) continue;
      const { manager } = start(this.#job, {
        host, checkpoint, params, level, warn, queries: [this.#definition.name], ...(shard === undefined ? {} : { shard }), ...(kafka === undefined ? {} : { kafka }),
      });
      for (const query of manager.all) await query.awaitTermination();
      host.fault("reshard.levelled");
    }
    return this.#read();
  }

  /** Tells the partitions of entries of state; undefined where nobody asks. */
  #partitionOf(slices: readonly OldSlice[]): PartitionOfEntry | undefined {
    const { sharding } = this.#definition;
    return this.#options.to === 1 || this.#operators.length === 0 || sharding === undefined ? undefined : partitionsOfEntries(sharding, topicPartitions(slices), this.#place.whole);
  }

  /** Writes the new slices beside the old; gives how many entries they have. */
  #make(slices: readonly OldSlice[]): number {
    const { host, to, warn } = this.#options;
    const operators = this.#operators;
    if (operators.length > 0 && levellingOf(slices, 0) !== undefined) throw reshardError("differentSlices", "a shard has gone on while its slice was to be divided", this.#place.whole, "stop every shard, and divide the checkpoint again");
    const { made } = this.#place;
    const partitions = topicPartitions(to === 1 ? [] : slices);
    const partitionOf = this.#partitionOf(slices);
    codingWrites(made, () => host.fs.removeTree(made));
    const common = { host, old: slices, position: mergePositions(host, this.#definition, this.#place.whole, slices, warn), settings: settingsOf(slices), partitions, warn };
    const written = slicesOf(to).map((shard) => new NewSlice(joinPath(made, sliceName(shard)), shard, common));
    let entries = 0;
    for (const operator of operators) {
      for (const [at, part] of spreadState(host, operator, slices, written, partitionOf).entries()) {
        written[at]?.writeState(operator, part);
        entries += part.entries;
      }
    }
    for (const slice of written) {
      slice.finish(operators);
      slice.verify();
    }
    return entries;
  }

  /** Moves the new slices to where they belong; what a call left there that was cut off, or an earlier one did not move, is not in use. */
  #putInPlace(): void {
    const { host, to } = this.#options;
    for (const shard of slicesOf(to)) {
      const path = this.#place.slice(shard);
      // Left by a call that was cut off, or not put aside by an earlier one: not in use.
      if (host.fs.stat(path) !== undefined) this.#moveAside(shard, this.#freeFolder());
      this.#move(joinPath(this.#place.made, sliceName(shard)), path);
    }
    codingWrites(this.#place.made, () => host.fs.removeTree(this.#place.made));
  }

  /** Puts the old slices where nobody takes them for those in use; gives the folder. */
  #setAside(count: number): string | undefined {
    const { host } = this.#options;
    const left = slicesOf(count).filter((shard) => host.fs.stat(this.#place.slice(shard)) !== undefined);
    const folder = left.length === 0 ? undefined : this.#freeFolder();
    for (const shard of left) if (folder !== undefined) this.#moveAside(shard, folder);
    this.#removeEmpty(count);
    return folder;
  }

  #moveAside(shard: ReturnType<typeof slicesOf>[number], folder: string): void {
    const { host } = this.#options;
    const path = this.#place.slice(shard);
    this.#move(path, joinPath(folder, sliceName(shard)));
    host.fault("reshard.set-aside");
  }

  /** Removes shards' folders in which no query has a slice any more. */
  #removeEmpty(count: number): void {
    const { host } = this.#options;
    for (const parent of slicesOf(count).flatMap((shard) => (shard === undefined ? [] : [parentPath(this.#place.slice(shard))]))) {
      if (host.fs.stat(parent) !== undefined && listCheckpointDirectory(host, parent).length === 0) codingWrites(parent, () => host.fs.removeTree(parent));
    }
  }

  #freeFolder(): string {
    for (let number = 1; ; number++) {
      const folder = this.#place.setAside(number);
      if (this.#options.host.fs.stat(folder) === undefined) return folder;
    }
  }

  #move(from: string, to: string): void {
    const { host } = this.#options;
    codingWrites(to, () => {
      makeDurableDirectory(host, parentPath(to));
      host.fs.rename(from, to);
      host.fs.syncDirectory(parentPath(to));
      host.fs.syncDirectory(parentPath(from));
    });
  }
}

/** What batches run with that are run again; the slices must agree where it tells what they do. */
function settingsOf(slices: readonly OldSlice[]): PersistedSettings {
  const [first, ...others] = slices.flatMap(({ directory, newest }) => (newest === undefined ? [] : [{ directory, settings: newest.offsets.settings }]));
  const other = others.find(({ settings }) => settings["watermarkPolicy"] !== first?.settings["watermarkPolicy"]);
  if (other !== undefined) throw reshardError("differentSlices", "the slices were begun with different values of the option watermarkPolicy", other.directory, "begin anew, with one job in all shards");
  return first?.settings ?? {};
}
