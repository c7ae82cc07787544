import { containerHeader, longBytes } from "./container-header.ts";

/** How the blocks of a file are compressed. */
export interface AvroPacking {
  /** As the file's header names it. */
  readonly codec: string;
  pack(bytes: Uint8Array): Uint8Array;
}

/** Bytes of a block, before it is compressed. */
const blockBytes = 65_536;
const nothing = new Uint8Array(0);

/** A container file on its way: records are gathered to blocks. */
export class AvroContainer {
  readonly #packing: AvroPacking;
  readonly #mark: Uint8Array;
  readonly #header: Uint8Array;
  #records: Uint8Array[] = [];
  #isBegun = false;
  gathered = 0;

  /** `mark`: the sixteen bytes behind each block. */
  constructor(schema: string, packing: AvroPacking, mark: Uint8Array) {
    this.#packing = packing;
    this.#mark = mark;
    this.#header = containerHeader(schema, packing.codec, mark);
  }

  /** Takes a record, which the file keeps. */
  add(record: Uint8Array): void {
    this.#records.push(record);
    // What it takes besides its bytes: a file may have records without any.
    this.gathered += record.length + 16;
  }

  get isFull(): boolean {
    return this.gathered >= blockBytes;
  }

  /** The block of the records that wait, the file's header in front of the first. */
  flush(): Uint8Array {
    if (this.#records.length === 0) return nothing;
    const bytes = this.#packing.pack(Buffer.concat(this.#records));
    const block = Buffer.concat([this.#begin(), longBytes(this.#records.length), longBytes(bytes.length), bytes, this.#mark]);
    this.#records = [];
    this.gathered = 0;
    return block;
  }

  /** A file without rows has its header. */
  finish(): Uint8Array {
    return this.#begin();
  }

  #begin(): Uint8Array {
    if (this.#isBegun) return nothing;
    this.#isBegun = true;
    return this.#header;
  }
}
