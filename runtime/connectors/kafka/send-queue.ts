import { thrownError } from "../../errors/thrown-error.ts";
import type { OutgoingMessage } from "./client/kafka-client.ts";

/** A request stays below what brokers take unless told otherwise (`message.max.bytes`, 1 MiB). */
const mostPerRequest = 512 * 1024;

/** What makes a request worth its while before anybody waits for it. */
const worthwhile = 64 * 1024;

/** What a message takes of a request beside its key and its value. */
const overhead = 64;

/** What it takes of memory besides while it waits: objects of its own for itself, its parts and its headers. */
const memoryOverhead = 384;

/** Who waits until less is waiting to be sent. */
interface Relief {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Sends messages in the background, one request after the other, in the order in which they came. What waits is bounded by whoever hands
 * them in: `pressure` gives what to wait for. After the first failure nothing more is sent, and every wait fails with it, until `clear`.
 */
export class SendQueue {
  readonly #send: (messages: readonly OutgoingMessage[]) => Promise<void>;
  readonly #most: number;
  readonly #perRequest: number;
  #waiting: OutgoingMessage[] = [];
  /** The first of `#waiting` that is not sent yet. */
  #next = 0;
  /** Bytes that wait, and those that wait or are on their way. */
  #bytesWaiting = 0;
  #bytes = 0;
  /** Messages that wait or are on their way. */
  #count = 0;
  #running: Promise<void> | undefined;
  #isUrgent = false;
  #failure: { readonly error: unknown } | undefined;
  #relief: Relief | undefined;

  /** `most`: the bytes that may wait. */
  constructor(send: (messages: readonly OutgoingMessage[]) => Promise<void>, most: number) {
    this.#send = send;
    this.#most = most;
    this.#perRequest = Math.max(1, Math.min(mostPerRequest, most >> 2));
  }

  push(message: OutgoingMessage): void {
    if (this.#failure !== undefined) return;
    const bytes = sizeOf(message);
    this.#waiting.push(message);
    this.#bytesWaiting += bytes;
    this.#bytes += bytes;
    this.#count++;
    if (this.#running === undefined && this.#isDue) void this.#start();
  }

  /** What to wait for where too much waits: until it is half of that. */
  pressure(): Promise<void> | undefined {
    if (this.#failure !== undefined) return Promise.reject(thrownError(this.#failure.error));
    if (this.#memory <= this.#most) return undefined;
    this.#relief ??= newRelief();
    const { promise } = this.#relief;
    // However small a request it makes: somebody waits for it.
    if (this.#running === undefined) void this.#start();
    return promise;
  }

  /** Resolves when all is sent; fails where something could not be. */
  async drain(): Promise<void> {
    this.#isUrgent = true;
    try {
      while (this.#failure === undefined && this.#bytes > 0) await (this.#running ?? this.#start());
    } finally {
      this.#isUrgent = false;
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Drops what waits, and the failure; resolves when nothing is on its way any more. */
  async clear(): Promise<void> {
    this.#drop();
    await this.#running;
    this.#drop();
    this.#failure = undefined;
  }

  /** About how many bytes of memory what is not sent yet takes. */
  get #memory(): number {
    return this.#bytes + this.#count * memoryOverhead;
  }

  get #isDue(): boolean {
    return this.#bytesWaiting >= Math.min(this.#perRequest, worthwhile) || ((this.#isUrgent || this.#relief !== undefined) && this.#bytesWaiting > 0);
  }

  #start(): Promise<void> {
    this.#running = this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    // The caller is in the middle of its rows.
    await Promise.resolve();
    try {
      while (this.#failure === undefined && this.#isDue) {
        const before = this.#bytesWaiting;
        const messages = this.#take();
        const bytes = before - this.#bytesWaiting;
        await this.#send(messages);
        this.#bytes = Math.max(0, this.#bytes - bytes);
        this.#count = Math.max(0, this.#count - messages.length);
        if (this.#memory <= this.#most / 2) this.#relieve();
      }
    } catch (error) {
      this.#failure = { error };
      this.#relief?.reject(error);
      this.#relief = undefined;
      this.#drop();
    } finally {
      // In the same turn in which nothing was due: what comes after it starts a run of its own.
      this.#running = undefined;
    }
  }

  /** The messages of the next request: at least one. */
  #take(): readonly OutgoingMessage[] {
    const start = this.#next;
    let bytes = 0;
    while (this.#next < this.#waiting.length) {
      const size = sizeOf(this.#waiting[this.#next]!);
      if (bytes > 0 && bytes + size > this.#perRequest) break;
      bytes += size;
      this.#next++;
    }
    this.#bytesWaiting -= bytes;
    const taken = this.#waiting.slice(start, this.#next);
    // What is sent is let go of, not at every request since that moves the rest.
    if (this.#next * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return taken;
  }

  #drop(): void {
    this.#waiting = [];
    this.#next = 0;
    this.#bytesWaiting = 0;
    this.#bytes = 0;
    this.#count = 0;
    this.#relieve();
  }

  #relieve(): void {
    this.#relief?.resolve();
    this.#relief = undefined;
  }
}

/** About how many bytes a message takes on its way. */
export function sizeOf({ key, value, headers }: OutgoingMessage): number {
  let bytes = overhead + (key?.length ?? 0) + (value?.length ?? 0);
  for (const header of headers) bytes += header.key.length + (header.value?.length ?? 0);
  return bytes;
}

function newRelief(): Relief {
  let resolve = (): void => {};
  let reject = (_: unknown): void => {};
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  // Whoever waited may have been interrupted; the failure is told by the next call.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
