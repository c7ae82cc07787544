import type { QueryProgress } from "./progress.ts";

/** A query has started; told before `start` returns. */
export interface QueryStartedEvent {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  /** UTC, `2024-01-01T00:00:00.000Z`. */
  readonly timestamp: string;
}

/** A batch is committed. */
export interface QueryProgressEvent {
  readonly progress: QueryProgress;
}

/** A query has had nothing to do for ten seconds since its last batch, or since it last said so. */
export interface QueryIdleEvent {
  readonly id: string;
  readonly runId: string;
  /** The start of the trigger that found nothing. */
  readonly timestamp: string;
}

/** A query has ended. */
export interface QueryTerminatedEvent {
  readonly id: string;
  readonly runId: string;
  /** The message of the failure; undefined where the query was stopped or came to its end. */
  readonly exception: string | undefined;
  /** The code of the failure (`R7103`), where it has one. */
  readonly errorClassOnException: string | undefined;
}

/**
 * Follows the queries of a job, by Spark's interface StreamingQueryListener. For each query the events come in their order, and the
 * terminated one is the last. What a method throws, or the promise that it gives rejects with, is warned of and stops nothing; while a promise
 * is open the listener's later events wait, and the query does not.
 */
export interface StreamingQueryListener {
  onQueryStarted?(event: QueryStartedEvent): void | Promise<void>;
  onQueryProgress?(event: QueryProgressEvent): void | Promise<void>;
  onQueryIdle?(event: QueryIdleEvent): void | Promise<void>;
  onQueryTerminated?(event: QueryTerminatedEvent): void | Promise<void>;
}

/** What a listener is told, with which of its methods is called. */
export type QueryEvent =
  | ({ readonly kind: "started" } & QueryStartedEvent)
  | ({ readonly kind: "progress" } & QueryProgressEvent)
  | ({ readonly kind: "idle" } & QueryIdleEvent)
  | ({ readonly kind: "terminated" } & QueryTerminatedEvent);
