import type { BlockFile } from "../block-format.ts";

const windowBytes = 65_536;

/** A stretch of a file, read in pieces as it is asked for, mostly from its beginning to its end. */
export class ChunkWindow {
  readonly #file: BlockFile;
  readonly #end: number;
  #start = 0;
  #bytes = new Uint8Array(0);

  /** `end`: the byte after the last of the stretch. */
  constructor(file: BlockFile, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** How many bytes there are from `position` on. */
  left(position: number): number {
    return this.#end - position;
  }

  /** `length` bytes from `position` on; fewer only where the stretch ends. The view stays good. */
  bytes(position: number, length: number): Uint8Array {
    const wanted = Math.min(length, this.left(position));
    const at = position - this.#start;
    if (at < 0 || at + wanted > this.#bytes.length) {
      this.#bytes = new Uint8Array(this.#file.read(position, Math.min(Math.max(wanted, windowBytes), this.left(position))));
      this.#start = position;
      return this.#bytes.subarray(0, wanted);
    }
    return this.#bytes.subarray(at, at + wanted);
  }
}
