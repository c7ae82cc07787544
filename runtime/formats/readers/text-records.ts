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
    if (this.messages !== undefined) {
      const end = this.lineEnd(at);
      this.next = end + 1;
      const refusal = this.messages.refusal(this.messages.at(at));
      return refusal === undefined ? this.#take(at, end, at, row, value, "the message is not valid UTF-8") : this.#refuse(at, end, at, row, value, refusal);
    }
    const start = this.hasByteOrderMark(at) ? at + 3 : at;
    const lineFeed = this.lineEnd(at);
    const end = Math.min(lineFeed, this.#nextCarriageReturn(at));
    this.next = end < lineFeed && end + 1 < lineFeed ? end + 1 : lineFeed + 1;
    return this.#take(start, end, at, row, value, "the line is not valid UTF-8");
  }

  #take(start: number, end: number, at: number, row: number, value: Texts | NullableTexts | undefined, problem: string): boolean {
    if (!chunkIsUtf8() && !this.isText(start, end)) return this.#refuse(start, end, at, row, value, problem);
    if (value !== undefined) {
      value.starts[row] = start;
      value.ends[row] = end;
    }
    this.accept(at, row);
    return true;
  }

  #refuse(start: number, end: number, at: number, row: number, value: Texts | NullableTexts | undefined, problem: string): boolean {
    if (!this.malformedAsNull) {
      this.refuse(start, end, problem);
      return false;
    }
    value?.putNull(row);
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
