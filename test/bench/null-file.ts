import { openSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { JsonWriter } from "../../runtime/formats/json-writer.ts";

const bufferBytes = 64 * 1024;
const descriptor = openSync(devNull, "w");

/** A file that keeps nothing but a checksum of what was written, in blocks of 64 KB. */
export class NullFile {
  /** Bytes, and the sum of what was said of each line. */
  checksum = 0;
  readonly out = new JsonWriter();
  #parts: string[] = [];
  #characters = 0;

  /** A line as a string, its end with it, and a number in it. */
  writeText(line: string, value: number): void {
    this.checksum += value;
    this.#parts.push(line);
    this.#characters += line.length;
    if (this.#characters >= bufferBytes) this.flush();
  }

  /** Ends a line that was written to `out`; a number in it. */
  endLine(value: number): void {
    this.checksum += value;
    this.out.newline();
    if (this.out.length >= bufferBytes) this.flush();
  }

  flush(): void {
    if (this.#parts.length > 0) this.checksum += writeSync(descriptor, this.#parts.join(""));
    if (this.out.length > 0) this.checksum += writeSync(descriptor, this.out.view());
    this.#parts = [];
    this.#characters = 0;
    this.out.reset();
  }
}
