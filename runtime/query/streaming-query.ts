import type { SqlResult } from "../connectors/memory/sql.ts";
import type { Timers } from "../host/host.ts";
import type { QueryProgress } from "./progress.ts";

/** What a query is doing, in Spark's words. */
export interface QueryStatus {
  readonly message: string;
  readonly isDataAvailable: boolean;
  readonly isTriggerActive: boolean;
}

/** What the handle needs of the thing that runs the query. */
export interface RunningQuery {
  stop(): void;
  interrupt(): void;
  /** False where the query ends before it is idle. */
  processAllAvailable(): Promise<boolean>;
}

export interface QueryIdentity {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  readonly plan: string;
}

/** How many progresses a handle keeps. */
const keptProgresses = 100;

/** A running query, by Spark's interface of the same name. */
export class StreamingQuery {
  readonly id: string;
  readonly runId: string;
  readonly name: string;
  readonly #plan: string;
  readonly #running: RunningQuery;
  readonly #timers: Timers;
  readonly #sql: (text: string) => Promise<SqlResult>;
  readonly #progress: QueryProgress[] = [];
  #status: QueryStatus = { message: "Initializing sources", isDataAvailable: false, isTriggerActive: false };
  #exception: Error | undefined;
  #active = true;
  #done: Promise<void> = Promise.resolve();

  constructor(identity: QueryIdentity, running: RunningQuery, timers: Timers, sql: (text: string) => Promise<SqlResult>) {
    this.id = identity.id;
    this.runId = identity.runId;
    this.name = identity.name;
    this.#plan = identity.plan;
    this.#running = running;
    this.#timers = timers;
    this.#sql = sql;
  }

  get status(): QueryStatus {
    return this.#status;
  }

  get lastProgress(): QueryProgress | undefined {
    return this.#progress.at(-1);
  }

  /** The newest progresses, oldest first. */
  get recentProgress(): readonly QueryProgress[] {
    return [...this.#progress];
  }

  /** Why the query ended, if it failed. */
  get exception(): Error | undefined {
    return this.#exception;
  }

  get isActive(): boolean {
    return this.#active;
  }

  /**
   * Resolves when the query has ended, with true; rejects with its exception. With a timeout (milliseconds), resolves with
   * false if it is still running by then.
   */
  async awaitTermination(timeout?: number): Promise<boolean> {
    if (timeout === undefined) {
      await this.#done;
    } else {
      const waited = new AbortController();
      const ended = this.#done.then(() => true, () => true);
      const isOver = await Promise.race([ended, this.#timers.sleep(timeout, waited.signal).then(() => false)]);
      waited.abort();
      if (!isOver) return false;
    }
    if (this.#exception !== undefined) throw this.#exception;
    return true;
  }

  /** Resolves once all that the sources had at the call is processed; rejects with the query's exception if it fails. */
  async processAllAvailable(): Promise<void> {
    if (!(await this.#running.processAllAvailable())) await this.#done;
    if (this.#exception !== undefined) throw this.#exception;
  }

  /** Finishes the running batch and ends the query. */
  async stop(): Promise<void> {
    this.#running.stop();
    await this.#done;
  }

  /** Ends the query in the middle of a batch; the batch is run again when it is started with its checkpoint. */
  async interrupt(): Promise<void> {
    this.#running.interrupt();
    await this.#done;
  }

  /** The physical plan, as in the header of the emitted module. */
  explain(): string {
    return this.#plan;
  }

  /** A SELECT over the memory sinks of the job, while they run and after. */
  sql(text: string): Promise<SqlResult> {
    return this.#sql(text);
  }

  /** For the starter: follows the run to its end, which it tells of before anyone who waits for it. */
  follow(run: Promise<void>, onEnd: (error: Error | undefined) => void): void {
    const end = (error: Error | undefined): void => {
      this.#end(error);
      onEnd(error);
    };
    this.#done = run.then(
      () => end(undefined),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** For the starter: notes a batch. */
  addProgress(progress: QueryProgress): void {
    this.#progress.push(progress);
    if (this.#progress.length > keptProgresses) this.#progress.shift();
  }

  /** For the starter: notes what the query is doing. */
  setStatus(message: string, isTriggerActive: boolean, isDataAvailable: boolean): void {
    if (this.#active) this.#status = { message, isDataAvailable, isTriggerActive };
  }

  #end(error: Error | undefined): void {
    this.#active = false;
    this.#exception = error;
    this.#status = { message: error === undefined ? "Stopped" : `Terminated with exception: ${error.message}`, isDataAvailable: false, isTriggerActive: false };
  }
}
