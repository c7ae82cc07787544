import { ByteBuffer } from "../../../formats/byte-buffer.ts";
import type { PartContent } from "./part-content.ts";
import type { RowFormat } from "./row-format.ts";

/** Bytes of a file that are gathered before they are written; compressed, they are an archive of their own. */
const flushBytes = 65_536;
const archiveBytes = 512 * 1024;
const nothing = new Uint8Array(0);

/** A file of rows one behind the other: JSON lines, CSV, text. */
export class RowContent implements PartContent {
  readonly out = new ByteBuffer();
  readonly #compress: ((bytes: Uint8Array) => Uint8Array) | undefined;
  #isEmpty = true;

  /** `compress` makes an archive of each piece; archives one behind the other are one again. */
  constructor(format: RowFormat, compress: ((bytes: Uint8Array) => Uint8Array) | undefined) {
    this.#compress = compress;
    format.begin(this.out);
  }

  get gathered(): number {
    return this.out.length;
  }

  get isFull(): boolean {
    return this.out.length >= (this.#compress === undefined ? flushBytes : archiveBytes);
  }

  flush(): Uint8Array {
    if (this.out.length === 0) return nothing;
    this.#isEmpty = false;
    const bytes = this.#compress === undefined ? this.out.view() : this.#compress(this.out.view());
    this.out.reset();
    return bytes;
  }

  /** A file without a byte is no archive. */
  finish(): Uint8Array {
    return this.#isEmpty && this.#compress !== undefined ? this.#compress(nothing) : nothing;
  }
}
