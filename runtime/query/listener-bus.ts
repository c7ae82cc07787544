import type { QueryEvent, StreamingQueryListener } from "./query-listener.ts";
import { thrownMessage } from "../errors/thrown-message.ts";

/** Events that wait for a slow listener, at most (Spark's listener bus keeps as many). */
const capacity = 10_000;

/** Tells the listeners of a job what becomes of its queries. Each has a queue of its own, so that a slow one keeps none of the others waiting. */
export class ListenerBus {
  readonly #queues = new Map<StreamingQueryListener, ListenerQueue>();
  readonly #warn: (message: string) => void;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  get listeners(): readonly StreamingQueryListener[] {
    return [...this.#queues.keys()];
  }

  /** The listener hears of what happens from now on; adding it twice changes nothing. */
  add(listener: StreamingQueryListener): void {
    if (!this.#queues.has(listener)) this.#queues.set(listener, new ListenerQueue(listener, this.#warn));
  }

  /** The listener hears of nothing any more, not even of what waits for it. */
  remove(listener: StreamingQueryListener): void {
    this.#queues.get(listener)?.close();
    this.#queues.delete(listener);
  }

  post(event: QueryEvent): void {
    for (const queue of [...this.#queues.values()]) queue.post(event);
  }
}

class ListenerQueue {
  readonly #listener: StreamingQueryListener;
  readonly #warn: (message: string) => void;
  #waiting: QueryEvent[] = [];
  #busy = false;
  #dropped = 0;

  constructor(listener: StreamingQueryListener, warn: (message: string) => void) {
    this.#listener = listener;
    this.#warn = warn;
  }

  close(): void {
    this.#waiting = [];
  }

  /** Tells the listener at once, unless it is still at an earlier event. Of a full queue progress and idleness are dropped. */
  post(event: QueryEvent): void {
    if (this.#waiting.length >= capacity && (event.kind === "progress" || event.kind === "idle")) {
      if (this.#dropped++ === 0) this.#warn(`a listener is too slow: ${capacity} events wait for it, and progress is dropped until it has caught up`);
      return;
    }
    this.#waiting.push(event);
    if (!this.#busy) this.#next();
  }

  #next(): void {
    this.#busy = true;
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      const told = this.#tell(event);
      if (told === undefined) continue;
      void told.catch((error: unknown) => this.#failed(error)).then(() => this.#next());
      return;
    }
    this.#dropped = 0;
    this.#busy = false;
  }

  #tell(event: QueryEvent): Promise<void> | undefined {
    try {
      const told = tell(this.#listener, event);
      return told instanceof Promise ? told : undefined;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    this.#warn(`a listener failed: ${thrownMessage(error)}`);
  }
}

function tell(listener: StreamingQueryListener, event: QueryEvent): unknown {
  switch (event.kind) {
    case "started":
      return listener.onQueryStarted?.(event);
    case "progress":
      return listener.onQueryProgress?.(event);
    case "idle":
      return listener.onQueryIdle?.(event);
    case "terminated":
      return listener.onQueryTerminated?.(event);
  }
}
