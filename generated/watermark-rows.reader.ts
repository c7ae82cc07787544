// Emitted from watermark-rows.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  NullableNumbers,
  type ReaderDefinition,
  readNullableTimestamp,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of words that the job reads. */
export interface WordsColumns {
  readonly time: NullableNumbers;
  readonly word: Texts;
}

/** Reads words: time, word of each JSON line. */
export const wordsReader: ReaderDefinition<WordsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["time", "timestamp?"],
      ["word", "string"],
    ]);
    const time = records.lane("time", new NullableNumbers());
    const word = records.lane("word", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"time":
      if (view.getFloat64(at, true) !== 1.160963485693812e-28) return deviates;
      at = readNullableTimestamp(input, view, at + 8, time, row);
      // ,"word":
      if (at < 0 || view.getFloat64(at, true) !== 1.1607218040993463e-28) return deviates;
      at = readText(input, view, at + 8, word, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readNullableTimestamp(input, view, at, time, row);
        case 1: return readText(input, view, at, word, row);
        default: return skipValue(input, view, at);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at < plainEnd ? readInOrder(input, view, at, row) : deviates;
          if (next < 0 && at < plainEnd) next = records.readAnyOrder(at, row, readColumn);
          if (next >= 0) {
            records.accept(at, row);
            row++;
            at = next;
            continue;
          }
          // What deviates is decoded exactly; a line may hold no record, or an array of them.
          for (let left = records.decode(at); left > 0; left--) {
            records.store(row);
            row++;
          }
          at = records.next;
        }
        return records.batch(row, { time, word });
      },
    };
  },
};
