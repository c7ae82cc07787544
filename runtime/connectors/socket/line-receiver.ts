import type { Connection } from "../../host/host.ts";
import { WakeUp } from "../wake-up.ts";

const lineEnd = 0x0a;

/** Bytes of whole lines that may wait for a batch before the server is no longer read. */
const highWater = 64 * 1024 * 1024;

/**
 * Reads a connection in the background and keeps the whole lines until a batch takes them. What stands behind the last line end
 * when the peer closes is a line too.
 */
export class LineReceiver {
  readonly changes = new WakeUp();
  readonly #connection: Connection;
  readonly #longestLine: number;
  readonly #taken = new WakeUp();
  readonly #stop = new AbortController();
  #lines: Uint8Array[] = [];
  #lineBytes = 0;
  #partial: Uint8Array[] = [];
  #partialBytes = 0;
  #state: "open" | "closed by the peer" | "broken" | "too long" = "open";
  #cause: unknown;

  constructor(connection: Connection, longestLine: number) {
    this.#connection = connection;
    this.#longestLine = longestLine;
    void this.#receive();
  }

  get state(): "open" | "closed by the peer" | "broken" | "too long" {
    return this.#state;
  }

  /** Why the connection broke. */
  get cause(): unknown {
    return this.#cause;
  }

  get hasLines(): boolean {
    return this.#lineBytes > 0;
  }

  /** All whole lines that have come since the last call, each with its line end. */
  take(): Uint8Array {
    const bytes = concatenated(this.#lines, this.#lineBytes);
    this.#lines = [];
    this.#lineBytes = 0;
    this.#taken.notify();
    return bytes;
  }

  close(): void {
    this.#stop.abort();
    this.#connection.close();
  }

  async #receive(): Promise<void> {
    try {
      while (!this.#stop.signal.aborted && this.#state === "open") {
        const bytes = await this.#connection.receive();
        if (bytes === undefined) this.#end();
        else this.#add(bytes);
        this.changes.notify();
        while (this.#lineBytes > highWater && !this.#stop.signal.aborted) await this.#taken.wait(this.#stop.signal);
      }
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#state = "broken";
      this.#cause = error;
      this.changes.notify();
    }
  }

  #add(bytes: Uint8Array): void {
    const end = bytes.lastIndexOf(lineEnd) + 1;
    if (end > 0) {
      this.#lines.push(...this.#partial, bytes.slice(0, end));
      this.#lineBytes += this.#partialBytes + end;
      this.#partial = [];
      this.#partialBytes = 0;
    }
    if (end === bytes.length) return;
    this.#partial.push(bytes.slice(end));
    this.#partialBytes += bytes.length - end;
    if (this.#partialBytes > this.#longestLine) this.#state = "too long";
  }

  #end(): void {
    if (this.#partialBytes > 0) this.#add(Uint8Array.of(lineEnd));
    this.#state = "closed by the peer";
  }
}

function concatenated(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
