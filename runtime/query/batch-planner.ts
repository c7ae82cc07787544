import type { OffsetsByRead, OffsetsEntry } from "../checkpoint/log-entries.ts";
import { offsetsByRead } from "../checkpoint/offsets-by-read.ts";
import type { Offset } from "../connectors/source.ts";
import type { Host } from "../host/host.ts";
import type { JobSettings } from "./definition.ts";
import type { EventClock } from "./event-clock.ts";
import { ownersOf, type OpenedRead } from "./open-sources.ts";
import type { Levelling } from "./levelling.ts";
import type { OperatorRegistry } from "./operator-registry.ts";
import type { QueryPosition } from "./query-position.ts";
import { tableOffset } from "./query-reads.ts";

interface PlannerParts {
  readonly host: Host;
  readonly settings: JobSettings;
  readonly clock: EventClock;
  readonly operators: Pick<OperatorRegistry, "stateful" | "wantsNoDataBatch">;
  readonly reads: readonly OpenedRead[];
}

/** What a batch may be planned for. */
export interface PlanLimits {
  /** Takes all that there is, whatever the sources' rate limits (`once`). */
  readonly ignoreLimits: boolean;
  /** Whether a batch without data may run, because something closes by the watermark or the clock (semantics W7). */
  readonly withoutData: boolean;
  /** Whether such a batch may run because of the clock. */
  readonly closesByClock: boolean;
}

/** Says what the next batch reads and what it runs with, as `offsets/N` will keep it. */
export class BatchPlanner {
  readonly #parts: PlannerParts;
  /** Milliseconds of the wall clock and of the steady one when a batch was last asked for. */
  #asked = { at: 0, steady: 0 };
  #withoutData = false;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** Asks the sources for something new, then the operators whether time alone is enough; undefined where nothing is due. */
  async plan(position: QueryPosition, { ignoreLimits, withoutData, closesByClock }: PlanLimits): Promise<OffsetsEntry | undefined> {
    const { clock, host, operators, reads } = this.#parts;
    const offsets = new Map<string, Offset | null>();
    let hasNews = false;
    for (const { name, stream, table } of ownersOf(reads)) {
      if (table !== undefined) offsets.set(name, tableOffset(table.fingerprint()));
      if (stream === undefined) continue;
      const from = position.start[name] ?? undefined;
      const to = await stream.latest(from, position.nextBatch, ignoreLimits);
      offsets.set(name, to ?? null);
      if (to !== undefined && to !== from) hasNews = true;
    }
    const now = host.clock.now();
    const steady = host.clock.monotonic();
    this.#asked = { at: now, steady };
    this.#withoutData = withoutData;
    const watermark = clock.plan(steady, hasNews);
    const isDue = hasNews || (withoutData && operators.wantsNoDataBatch(watermark, closesByClock ? now : -Infinity));
    return isDue ? this.#entry(position, offsetsByRead(offsets), now, watermark) : undefined;
  }

  /** The last batch of a query whose input has ended: it reads nothing, and everything closes. */
  end(position: QueryPosition): OffsetsEntry {
    const entry = this.#entry(position, position.start, this.#parts.host.clock.now(), Infinity);
    return { ...entry, settings: { ...entry.settings, end: true } };
  }

  /** A batch that reads nothing, at a watermark and a time that are given. */
  level(position: QueryPosition, { watermark, timestampMs }: Levelling): OffsetsEntry {
    return this.#entry(position, position.start, timestampMs, watermark);
  }

  /** The one batch of a query over tables. */
  ofTables(position: QueryPosition): OffsetsEntry {
    const { clock, host, reads } = this.#parts;
    const offsets = reads.flatMap(({ name, table }) => (table === undefined ? [] : [[name, tableOffset(table.fingerprint())] as const]));
    return this.#entry(position, offsetsByRead(offsets), host.clock.now(), clock.watermark);
  }

  /** An epoch of the continuous trigger as it begins: what it reads of its streams is known at its end. */
  ofEpoch(position: QueryPosition): OffsetsEntry {
    const { clock, host, reads } = this.#parts;
    const offsets = ownersOf(reads).map(({ name, table }) => [name, table === undefined ? (position.start[name] ?? null) : tableOffset(table.fingerprint())] as const);
    return this.#entry(position, offsetsByRead(offsets), host.clock.now(), clock.watermark);
  }

  /** One logical batch over everything, in which nothing is late, ended at +∞ (semantics E1). */
  ofEverything(position: QueryPosition): OffsetsEntry {
    return { ...this.#entry(position, offsetsByRead(), this.#parts.host.clock.now(), Infinity), lateWatermark: -Infinity };
  }

  /**
   * Milliseconds after which time alone may make a batch due that was not when it was last asked: a processing-time window ends, or an
   * input has been silent for long enough. Infinity where nothing waits for that.
   */
  untilDue(): number {
    const { clock, host, operators } = this.#parts;
    if (!this.#withoutData) return Infinity;
    const ends = operators.stateful.map(({ dueAt = -Infinity }) => dueAt).filter((at) => at > this.#asked.at);
    const { idleAt } = clock;
    const waits = [...ends.map((at) => at - host.clock.now()), ...(idleAt === undefined || idleAt <= this.#asked.steady ? [] : [idleAt - host.clock.monotonic()])];
    return Math.max(0, Math.min(Infinity, ...waits));
  }

  #entry(position: QueryPosition, offsets: OffsetsByRead, timestampMs: number, evictWatermark: number): OffsetsEntry {
    const { clock, settings } = this.#parts;
    return {
      batchId: position.nextBatch,
      start: position.start,
      offsets,
      timestampMs,
      lateWatermark: position.lateWatermark,
      evictWatermark,
      inputWatermarks: clock.inputs,
      settings: { statePartitions: settings.statePartitions, watermarkPolicy: clock.policy },
      base: position.base,
    };
  }
}
