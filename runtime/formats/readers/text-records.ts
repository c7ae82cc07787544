import type { Chunk, ReaderContext } from "../column-batch.ts";
import type { NullableTexts, Texts } from "../columns/texts.ts";
import { chunkIsUtf8 } from "./chunk-encoding.ts";
import { LineRecords } from "./line-records.ts";

/** What a reader of plain lines leaves to the runtime: every line, without its line end, is the text of one row. */
export class TextRecords extends LineRecords {
  /** After `read`: where the next line starts. */
  next = 0;
  /** The first carriage return at or after the line being read; alone it ends a line as well (org.apache.hadoop.util.LineReader). */
  #carriageReturn = -1;

  constructor(context: ReaderContext) {
    super(context, 1);
  }

  override begin(chunk: Chunk): this {
    this.#carriageReturn = -1;
    return super.begin(chunk);
  }

  /** Reads the line at `at` into `row` of the one column, where it is read at all. False where the line is malformed: no valid UTF-8. */
  read(at: number, row: number, value: Texts | NullableTexts | undefined): boolean {
    const start = this.hasByteOrderMark(at) ? at + 3 : at;
    const lineFeed = this.lineEnd(at);
    const end = Math.min(lineFeed, this.#nextCarriageReturn(at));
    this.next = end < lineFeed && end + 1 < lineFeed ? end + 1 : lineFeed + 1;
    if (chunkIsUtf8() || this.isText(start, end)) {
      if (value !== undefined) {
        value.starts[row] = start;
        value.ends[row] = end;
      }
    } else if (this.malformedAsNull) {
      value?.putNull(row);
    } else {
      this.refuse(start, end, "the line is not valid UTF-8");
      return false;
    }
    this.accept(at, row);
    return true;
  }

  #nextCarriageReturn(at: number): number {
    if (this.#carriageReturn < at) {
      const found = this.buffer.indexOf(13, at);
      this.#carriageReturn = found < 0 ? Infinity : found;
    }
    return this.#carriageReturn;
  }
}
