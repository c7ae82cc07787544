// Emitted from read-ranking.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  type MessageColumn,
  Numbers,
  type ReaderDefinition,
  readInt,
  readLong,
  readText,
  readTimestamp,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of ranked that the job reads. */
export interface RankedColumns {
  readonly window_start: Float64Array;
  readonly window_end: Float64Array;
  readonly rank: Float64Array;
  readonly url: Texts;
  readonly hits: Longs;
  readonly _kafka: MessageColumn;
}

/** Reads ranked: window_start, window_end, rank, url, hits of each JSON message. */
export const rankedReader: ReaderDefinition<RankedColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["window_start", "timestamp"],
      ["window_end", "timestamp"],
      ["rank", "int"],
      ["url", "string"],
      ["hits", "long"],
    ]);
    const window_start = records.lane("window_start", new Numbers());
    const window_end = records.lane("window_end", new Numbers());
    const rank = records.lane("rank", new Numbers());
    const url = records.lane("url", new Texts(records.text));
    const hits = records.lane("hits", new Longs());
    const _kafka = records.message;

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"window_start":
      if (view.getFloat64(at, true) !== 2.0244611282029715e+267 || view.getFloat64(at + 8, true) !== 1.164666055923884e-28) return deviates;
      at = readTimestamp(input, view, at + 16, window_start, row);
      // ,"window_end":
      if (at < 0 || view.getFloat64(at, true) !== 2.0244611282029534e+267 || view.getFloat64(at + 6, true) !== 1.1607179142758838e-28) return deviates;
      at = readTimestamp(input, view, at + 14, window_end, row);
      // ,"rank":
      if (at < 0 || view.getFloat64(at, true) !== 1.1624435327340132e-28) return deviates;
      at = readInt(input, at + 8, rank, row);
      // ,"url":
      if (at < 0 || view.getInt32(at, true) !== 1_920_279_084 || view.getInt32(at + 3, true) !== 975_334_514) return deviates;
      at = readText(input, view, at + 7, url, row);
      // ,"hits":
      if (at < 0 || view.getFloat64(at, true) !== 1.1644214927326175e-28) return deviates;
      at = readLong(input, at + 8, hits, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, window_start, row);
        case 1: return readTimestamp(input, view, at, window_end, row);
        case 2: return readInt(input, at, rank, row);
        case 3: return readText(input, view, at, url, row);
        case 4: return readLong(input, at, hits, row);
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
        return records.batch(row, { window_start: window_start.values, window_end: window_end.values, rank: rank.values, url, hits, _kafka });
      },
    };
  },
};
