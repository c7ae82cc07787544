import { stateError } from "../errors/state-error.ts";
import { ByteBuilder } from "./byte-builder.ts";
import { rowCodecVersion } from "./codec.ts";

/** An entry of a state file; the value is undefined where a delta takes the key away. */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
}

/**
 * Builds the payload of a delta or snapshot: codec version and number of entries as varints, then per entry the key's length, the
 * key, the value's length + 1 (0: the key is gone) and the value.
 */
export class StatePayload {
  readonly #entries = new ByteBuilder(4096);
  #count = 0;

  add(key: Uint8Array, value: Uint8Array | undefined): void {
    this.#count++;
    this.#entries.varint(key.length);
    this.#entries.bytes(key);
    this.#entries.varint(value === undefined ? 0 : value.length + 1);
    if (value !== undefined) this.#entries.bytes(value);
  }

  take(): Uint8Array {
    const payload = new ByteBuilder(this.#entries.length + 16);
    payload.varint(rowCodecVersion);
    payload.varint(this.#count);
    payload.bytes(this.#entries.take());
    this.#count = 0;
    return payload.take();
  }
}

/** The entries of a payload, as views into it. Bytes that are none are R7503, rows of a later codec R7504. */
export function* stateEntries(payload: Uint8Array): Generator<StateEntry> {
  const cursor = new PayloadCursor(payload);
  const version = cursor.varint();
  if (version !== rowCodecVersion) throw stateError("newerRows", `the state was written by a newer Sluice: expected row codec ${rowCodecVersion}, found ${version}`);
  const count = cursor.varint();
  for (let index = 0; index < count; index++) {
    const key = cursor.bytes(cursor.varint());
    const length = cursor.varint();
    yield { key, value: length === 0 ? undefined : cursor.bytes(length - 1) };
  }
  if (!cursor.atEnd) throw stateError("foreignRow", `the state has more bytes than its ${count} entries`);
}

class PayloadCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw stateError("foreignRow", `the state has a length that is cut off at byte ${this.#at}`);
  }

  bytes(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) throw stateError("foreignRow", `the state has an entry that is cut off at byte ${start}`);
    return this.#bytes.subarray(start, this.#at);
  }
}
