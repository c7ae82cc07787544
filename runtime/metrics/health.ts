import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Clock } from "../host/host.ts";
import type { StreamingQuery } from "../query/streaming-query.ts";
import { formatIsoMilliseconds } from "../time/iso-milliseconds.ts";

/** `waiting`: for data or the trigger's next turn. `stalled`: in a batch, and without having finished one for too long. */
export type QueryState = "running" | "waiting" | "stalled" | "ended" | "failed";

/** The health of a query, as `/health` shows it. */
export interface QueryHealth {
  readonly name: string;
  readonly id: string;
  readonly runId: string;
  readonly state: QueryState;
  /** What it is doing, in Spark's words. */
  readonly message: string;
  readonly lastBatchId?: number;
  /** Since when it has been in its batch, UTC. */
  readonly since?: string;
  readonly error?: string;
}

/** Tells queries that work from those that have failed or hang. */
export class Health {
  readonly #clock: Clock;
  readonly #stalledAfter: number;
  /** When a query's running trigger began or had its last batch, by `monotonic`; absent while it waits. */
  readonly #busySince = new Map<string, number>();

  /** `stalledAfter` in milliseconds. */
  constructor(clock: Clock, stalledAfter: number) {
    this.#clock = clock;
    this.#stalledAfter = stalledAfter;
  }

  /** Notes that a query's trigger is active or has ended. */
  noteStatus(query: string, isTriggerActive: boolean): void {
    if (!isTriggerActive) this.#busySince.delete(query);
    else if (!this.#busySince.has(query)) this.#busySince.set(query, this.#clock.monotonic());
  }

  /** Notes the end of a batch: under a trigger without pauses the next one begins. */
  noteBatch(query: string): void {
    if (this.#busySince.has(query)) this.#busySince.set(query, this.#clock.monotonic());
  }

  of(query: StreamingQuery): QueryHealth {
    const { name, id, runId, exception, lastProgress } = query;
    const busy = query.isActive ? this.#busyFor(name) : undefined;
    return {
      name,
      id,
      runId,
      state: this.#stateOf(query, busy),
      message: query.status.message,
      ...(lastProgress === undefined ? {} : { lastBatchId: lastProgress.batchId }),
      ...(busy === undefined ? {} : { since: formatIsoMilliseconds(Math.round(this.#clock.now() - busy)) }),
      ...(exception === undefined ? {} : { error: exception instanceof SluiceRuntimeError ? `${exception.code}: ${exception.what}` : exception.message }),
    };
  }

  #busyFor(query: string): number | undefined {
    const since = this.#busySince.get(query);
    return since === undefined ? undefined : this.#clock.monotonic() - since;
  }

  #stateOf(query: StreamingQuery, busy: number | undefined): QueryState {
    if (query.exception !== undefined) return "failed";
    if (!query.isActive) return "ended";
    if (busy === undefined) return "waiting";
    return busy > this.#stalledAfter ? "stalled" : "running";
  }
}
