import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import { offsetsByRead } from "../checkpoint/offsets-by-read.ts";
import type { FollowedChunk, Offset } from "../connectors/source.ts";
import { sinkAhead } from "../errors/checkpoint-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { StateVersion } from "../state/state-version.ts";
import type { TriggerWait } from "../trigger/trigger-wait.ts";
import { allWait } from "./all-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import type { BatchPlanner } from "./batch-planner.ts";
import { commitBatch, type CommitParts } from "./commit-batch.ts";
import type { Failure } from "./failure-of.ts";
import { interruptible } from "./interruptible.ts";
import { longestTurn } from "./longest-turn.ts";
import { ownersOf, type OpenedRead } from "./open-sources.ts";
import type { OperatorCounts } from "./operator-counts.ts";
import type { OperatorRegistry } from "./operator-registry.ts";
import { contextOf, type QueryPosition } from "./query-position.ts";
import type { QueryReads } from "./query-reads.ts";
import { Turns } from "./turns.ts";

/** The opened query, and what it hears of its epochs. */
export interface ContinuousParts {
  readonly queryName: string;
  readonly commit: CommitParts;
  readonly queryReads: QueryReads;
  readonly registry: OperatorRegistry;
  readonly planner: BatchPlanner;
  readonly waiting: TriggerWait;
  /** Fires when the query is interrupted in the middle of an epoch. */
  readonly interrupted: AbortSignal;
  /** Fires when the query is to end, in whichever way. */
  readonly stopping: AbortSignal;
  position(): QueryPosition;
  /** After the reads of a chunk: what the program gives then. */
  finish(): Promise<void>;
  /** How many wait for everything that the sources have to be processed, and that it is for the first so many. */
  readonly idle: { readonly waiting: number; resolve(count: number): void };
  /** An epoch is committed. */
  onEpoch(entry: OffsetsEntry, state: StateVersion, counts: readonly OperatorCounts[]): void;
  /** An interval has passed in which nothing came. */
  onNothing(): void;
  onStatus(message: string, isTriggerActive: boolean, isDataAvailable: boolean): void;
  warn(message: string): void;
}

/** Rows that have come since the last commit: a batch of the checkpoint whose end is known when it ends. */
interface Epoch {
  /** Its streams' offsets are those of its beginning. */
  readonly entry: OffsetsEntry;
  readonly batch: BatchContext;
  readonly reached: Map<string, Offset>;
}

/**
 * The continuous trigger (Spark: ContinuousExecution, semantics T5): chunks go through the program and into the sinks as they come. At each
 * interval the epoch ends between two chunks: `offsets/N` with where the streams have come to, then the commit of a batch. What came after
 * the last `offsets/N` before a crash is read again, so rows are sent at least once. An epoch in which nothing came is none.
 */
export class ContinuousExecution {
  readonly #parts: ContinuousParts;
  readonly #following = new AbortController();
  readonly #turns = new Turns();
  #epoch: Epoch | undefined;
  #failure: Failure | undefined;
  /** Chunks so far. */
  #chunks = 0;

  constructor(parts: ContinuousParts) {
    this.#parts = parts;
  }

  /** Runs until the query is stopped, or fails. `interval` in milliseconds. */
  async run(interval: number): Promise<void> {
    const { interrupted, stopping } = this.#parts;
    const end = (): void => this.#following.abort();
    stopping.addEventListener("abort", end, { once: true });
    if (stopping.aborted) end();
    const followed = ownersOf(this.#parts.commit.reads).filter(({ stream }) => stream !== undefined);
    const pumps = followed.map((read) => this.#follow(read));
    try {
      await this.#endEpochs(interval);
    } finally {
      end();
      stopping.removeEventListener("abort", end);
      await Promise.all(pumps);
    }
    if (this.#failure !== undefined) throw this.#failure.error;
    interrupted.throwIfAborted();
    if (this.#epoch !== undefined) await this.#endEpoch();
  }

  get #isEnding(): boolean {
    return this.#failure !== undefined || this.#parts.stopping.aborted;
  }

  async #endEpochs(interval: number): Promise<void> {
    const { commit, idle, onStatus, queryName, waiting, warn } = this.#parts;
    onStatus("Waiting for data to arrive", false, false);
    let known = 0;
    let chunks = 0;
    for (let began = commit.host.clock.now(); !this.#isEnding; ) {
      if (idle.waiting <= known && (known === 0 || chunks === this.#chunks)) {
        const late = await waiting.forTick(began, interval);
        if (late > 0) warn(`an epoch of ${queryName} ended after ${late} ms, longer than its trigger's interval of ${interval} ms`);
      }
      if (this.#isEnding) return;
      began = commit.host.clock.now();
      known = idle.waiting;
      chunks = this.#chunks;
      await this.#inTurn(async () => {
        const isIdle = known > 0 && (await this.#hasCaughtUp());
        if (this.#parts.stopping.aborted) return;
        await this.#endEpoch();
        if (!isIdle) return;
        idle.resolve(known);
        known = 0;
      });
    }
  }

  /** Whether the sources have nothing that has not been processed. */
  async #hasCaughtUp(): Promise<boolean> {
    const { commit, position } = this.#parts;
    const { nextBatch, start } = position();
    for (const { name, stream } of ownersOf(commit.reads)) {
      const from = this.#epoch?.reached.get(name) ?? start[name] ?? undefined;
      if (stream !== undefined && (await stream.latest(from, nextBatch, true)) !== from) return false;
    }
    return true;
  }

  /** Takes the chunks of a stream until the query is to end; what fails there ends the query. */
  async #follow({ name, definition, stream }: OpenedRead): Promise<void> {
    const { commit, position, waiting } = this.#parts;
    try {
      if (stream?.follow === undefined) throw notFollowed(definition.input, stream?.description ?? "");
      const { clock, timers } = commit.host;
      let turn = clock.monotonic();
      for await (const followed of stream.follow(position().start[name] ?? undefined, this.#following.signal, position().nextBatch)) {
        await this.#inTurn(() => this.#process(name, followed));
        if (this.#failure !== undefined) return;
        // Who waits for everything to be processed asks after every chunk.
        this.#chunks++;
        if (this.#parts.idle.waiting > 0) waiting.wakeUp();
        if (clock.monotonic() - turn < longestTurn) continue;
        await timers.yield();
        turn = clock.monotonic();
      }
    } catch (error) {
      // What becomes of a source that is let go of, the next start meets again.
      if (this.#following.signal.aborted) return;
      this.#fail(error);
    }
  }

  async #process(name: string, { chunk, to, endsEpoch }: FollowedChunk): Promise<void> {
    const { commit, finish, interrupted, queryReads } = this.#parts;
    const { meter, outputs, sides } = commit;
    interrupted.throwIfAborted();
    const epoch = this.#epoch ?? (await this.#begin());
    await meter.time("addBatch", async () => {
      await queryReads.follow(name, chunk);
      await finish();
      const flushed = allWait([outputs.flush(), sides.flush()]);
      if (flushed !== undefined) await interruptible(flushed, interrupted);
    });
    epoch.reached.set(name, to);
    if (endsEpoch === true) await this.#endEpoch();
  }

  async #begin(): Promise<Epoch> {
    const { commit, onStatus, planner, position, queryReads, registry } = this.#parts;
    const { meter, outputs, sides, store } = commit;
    onStatus("Processing new data", true, true);
    const entry = planner.ofEpoch(position());
    const batch = contextOf(entry, store.incarnation, 1);
    meter.beginBatch();
    queryReads.route(entry);
    const early = meter.timeSync("queryPlanning", () => {
      registry.beginBatch(batch, false);
      return [...outputs.begin(batch), ...sides.begin(batch)][0];
    });
    if (store.durable && early !== undefined) throw sinkAhead(batch.id, early);
    outputs.announce(batch);
    await meter.time("addBatch", () => queryReads.run(undefined, queryReads.fingerprints()));
    this.#epoch = { entry, batch, reached: new Map() };
    return this.#epoch;
  }

  /** Between two chunks: where the streams have come to is written, then what the epoch wrote is committed. */
  async #endEpoch(): Promise<void> {
    const { commit, onEpoch, onNothing, registry } = this.#parts;
    const { host, meter, store } = commit;
    const epoch = this.#epoch;
    if (epoch === undefined) {
      onNothing();
      meter.beginTrigger();
      return;
    }
    host.fault("batch.rows-read");
    const entry: OffsetsEntry = { ...epoch.entry, offsets: offsetsByRead(epoch.entry.offsets, this.#sealed(epoch)) };
    host.fault("batch.planned");
    meter.timeSync("walCommit", () => store.writeOffsets(entry));
    const counts = registry.takeCounts();
    const state = await commitBatch(commit, entry, epoch.batch, counts);
    this.#epoch = undefined;
    onEpoch(entry, state, counts);
    meter.beginTrigger();
  }

  /** Where the streams have come to, as a later start understands it. */
  #sealed({ entry, reached }: Epoch): readonly (readonly [read: string, offset: Offset | null])[] {
    return ownersOf(this.#parts.commit.reads).flatMap(({ name, stream }) => {
      const to = reached.get(name);
      return to === undefined ? [] : [[name, stream?.seal === undefined ? to : (stream.seal(to, entry.batchId) ?? null)] as const];
    });
  }

  /** Runs between two chunks. What fails is the end: nothing may follow it, because the epoch's offsets are not written. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#failure !== undefined) return;
      try {
        await work();
      } catch (error) {
        this.#fail(error);
      }
    });
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#following.abort();
    this.#parts.waiting.wakeUp();
  }
}

function notFollowed(input: string, description: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7790",
    what: `\`${input}\` cannot be read by the trigger \`continuous\`: ${description} gives its records in batches`,
    how: "take another trigger, or read from `kafka`, `socket` or `rate`",
  });
}
