import type { ChunkText } from "./chunk-text.ts";
import { detachText } from "./detach-text.ts";
import { grownCapacity } from "./grown-capacity.ts";
import { KeyLane } from "./key-lane.ts";

/** What text columns share: where each row's text lies in the chunk's bytes, or the text itself where it had to be decoded. */
export class TextLane extends KeyLane {
  /** First byte in the chunk; −1 where the text is in `decoded`; −2 where it is null. */
  starts = new Int32Array(0);
  /** The byte after the last. */
  ends = new Int32Array(0);
  /** Texts that are not in the chunk as they stand (escapes), by row; entries of earlier batches are never looked at. */
  readonly decoded: string[] = [];
  readonly chunk: ChunkText;

  constructor(chunk: ChunkText) {
    super();
    this.chunk = chunk;
  }

  /** The length in UTF-8; 0 where the text is null. */
  byteLength(row: number): number {
    const start = this.starts[row]!;
    return start >= 0 ? this.ends[row]! - start : start === -1 ? Buffer.byteLength(this.decoded[row]!) : 0;
  }

  /** The first byte of the text in UTF-8; −1 where it is empty or null. */
  firstByte(row: number): number {
    const start = this.starts[row]!;
    if (start >= 0) return this.ends[row]! > start ? this.chunk.bytes[start]! : -1;
    return start === -1 && this.decoded[row] !== "" ? Buffer.from(this.decoded[row]!)[0]! : -1;
  }

  /** Makes rows below `rows` exist. */
  ensure(rows: number): void {
    if (this.decoded.length > 0) this.decoded.length = 0;
    if (this.starts.length >= rows) return;
    const capacity = grownCapacity(rows);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  put(row: number, value: unknown): void {
    if (value === null) {
      this.starts[row] = -2;
    } else {
      this.starts[row] = -1;
      this.decoded[row] = String(value);
    }
  }

  putNull(row: number): void {
    this.starts[row] = -2;
  }
}

/** A required string column. */
export class Texts extends TextLane {
  text(row: number): string {
    const start = this.starts[row]!;
    return start >= 0 ? this.chunk.slice(start, this.ends[row]!) : this.decoded[row]!;
  }

  /** The text in memory of its own, for whoever keeps it beyond the batch. */
  ownText(row: number): string {
    const start = this.starts[row]!;
    return start >= 0 ? this.chunk.copy(start, this.ends[row]!) : detachText(this.decoded[row]!);
  }
}

/** A string column that may be null. */
export class NullableTexts extends TextLane {
  text(row: number): string | null {
    const start = this.starts[row]!;
    return start >= 0 ? this.chunk.slice(start, this.ends[row]!) : start === -1 ? this.decoded[row]! : null;
  }

  /** The text in memory of its own, for whoever keeps it beyond the batch. */
  ownText(row: number): string | null {
    const start = this.starts[row]!;
    return start >= 0 ? this.chunk.copy(start, this.ends[row]!) : start === -1 ? detachText(this.decoded[row]!) : null;
  }
}
