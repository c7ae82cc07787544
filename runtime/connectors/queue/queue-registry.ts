import { WakeUp } from "../wake-up.ts";
import { encodeRow, type QueueRow } from "./encode-rows.ts";

/** The end of a queue that a program or test holds. */
export interface QueueHandle {
  /** Hands in rows: one batch, unless several calls wait to be read; then all that waits is one batch. */
  add(rows: readonly QueueRow[]): void;
  /** No more rows will come. */
  close(): void;
}

/** One call of `add`: JSON lines, each with its line end. */
type Added = Uint8Array;

/** What the queue's sources see of it. */
export class Queue implements QueueHandle {
  readonly name: string;
  readonly changes = new WakeUp();
  readonly #trim: boolean;
  readonly #readers = new Set<{ committed: number }>();
  #added: Added[] = [];
  #dropped = 0;
  #closed = false;

  constructor(name: string, trim: boolean) {
    this.name = name;
    this.#trim = trim;
  }

  add(rows: readonly QueueRow[]): void {
    if (this.#closed) throw new TypeError(`the queue \`${this.name}\` is closed`);
    const lines = rows.map((row) => {
      const line = encodeRow(row);
      if (line.includes("\n")) throw new TypeError("a row of a queue is one line of text");
      return `${line}\n`;
    });
    this.#added.push(new TextEncoder().encode(lines.join("")));
    this.changes.notify();
  }

  close(): void {
    this.#closed = true;
    this.changes.notify();
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Number of calls of `add` so far: the position behind the last. */
  get end(): number {
    return this.#dropped + this.#added.length;
  }

  /** The rows of the calls in [from, to), as far as they are still kept. */
  slice(from: number, to: number): Uint8Array {
    return Buffer.concat(this.#added.slice(Math.max(0, from - this.#dropped), Math.max(0, to - this.#dropped)));
  }

  /** Registers a reader, which says by `committed` what it needs no longer; returns how to leave. */
  enter(): { commit(position: number): void; leave(): void } {
    const reader = { committed: 0 };
    this.#readers.add(reader);
    return {
      commit: (position) => {
        reader.committed = position;
        this.#drop();
      },
      leave: () => this.#readers.delete(reader),
    };
  }

  #drop(): void {
    if (!this.#trim) return;
    const count = Math.min(...[...this.#readers].map((reader) => reader.committed)) - this.#dropped;
    if (count <= 0) return;
    this.#added = this.#added.slice(count);
    this.#dropped += count;
  }
}

/**
 * The queues of a program, by the names that its job gives them. A job is started with one (`StartOptions.queues`); the program
 * keeps it and hands rows in: `queues.handle("orders").add([{ id: 1 }])`, before or after the start.
 *
 * Every reader gets every row, those handed in before it came too: several queries may read one queue, and a query that is
 * started again in the same process with its checkpoint goes on where it stopped. So rows are kept; `trim: true` lets go of
 * those that all present readers have committed, for programs that run long and start all their queries before the first row.
 */
export class QueueRegistry {
  readonly #queues = new Map<string, Queue>();
  readonly #trim: boolean;
  #identity: string | undefined;

  constructor(options: { readonly trim?: boolean } = {}) {
    this.#trim = options.trim === true;
  }

  /** The queue of that name; made when it is first asked for, by program or job. */
  handle(name: string): QueueHandle {
    return this.queue(name);
  }

  /** As `handle`, for the source. */
  queue(name: string): Queue {
    const existing = this.#queues.get(name);
    if (existing !== undefined) return existing;
    const queue = new Queue(name, this.#trim);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Tells this registry from that of another process, whose positions mean nothing here. */
  identity(uuid: () => string): string {
    this.#identity ??= uuid();
    return this.#identity;
  }
}
