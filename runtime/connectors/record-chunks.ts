import type { Chunk } from "../formats/column-batch.ts";
import type { ReceiverRecord } from "../user/receiver.ts";
import { chunkBytes } from "./buffer-ring.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;

/** Bytes behind the last record of a chunk into which readers may look. */
const room = 64;

/** Bytes of memory of a record besides its text. */
const recordOverhead = 128;

/** Gathers records that a program hands over, each as a line, into chunks of about 64 KB. */
export class RecordChunks {
  readonly #isJson: boolean;
  readonly #origin: string;
  #records: Uint8Array[] = [];
  #bytes = 0;
  #offset = 0;

  constructor(format: string, origin: string) {
    this.#isJson = format === "json";
    this.#origin = origin;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  get isFull(): boolean {
    return this.#bytes >= chunkBytes;
  }

  /** About how many bytes of memory the waiting records take: each is an object of its own. */
  get memory(): number {
    return this.#bytes + this.#records.length * recordOverhead;
  }

  add(record: ReceiverRecord): void {
    const line = lineOf(record, this.#isJson);
    this.#records.push(line);
    this.#bytes += line.length;
  }

  /** What was added since the last call. */
  take(): Chunk {
    const bytes = new Uint8Array(this.#bytes + room);
    let end = 0;
    for (const record of this.#records) {
      bytes.set(record, end);
      end += record.length;
    }
    const offset = this.#offset;
    this.#records = [];
    this.#bytes = 0;
    this.#offset += end;
    return { bytes, start: 0, end, origin: this.#origin, offset };
  }
}

/** Whether a value is what a record may be. */
export function isRecord(value: unknown): value is ReceiverRecord {
  return typeof value === "string" || value instanceof Uint8Array;
}

/**
 * A record with one line end behind it. Line ends within JSON become tabs: between its values both are space, and within its texts neither
 * may stand, so that the record means what it meant.
 */
function lineOf(record: ReceiverRecord, isJson: boolean): Uint8Array {
  const given = typeof record === "string" ? new TextEncoder().encode(record) : record;
  const length = given.at(-1) === lineFeed ? given.length - 1 : given.length;
  const line = new Uint8Array(length + 1);
  line.set(given.subarray(0, length));
  line[length] = lineFeed;
  if (isJson) for (let at = 0; at < length; at++) if (line[at] === lineFeed || line[at] === carriageReturn) line[at] = tab;
  return line;
}
