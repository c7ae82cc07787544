// Emitted from ranked-pages-files.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Numbers,
  type ReaderDefinition,
  readText,
  readTimestamp,
  skipText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of weblogs that the job reads. */
export interface WeblogsColumns {
  readonly timestamp: Float64Array;
  readonly request: Texts;
}

/** Reads weblogs: timestamp, request of each JSON line; other keys may hold any JSON. */
export const weblogsReader: ReaderDefinition<WeblogsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["timestamp", "timestamp"],
      ["request", "string"],
    ]);
    const timestamp = records.lane("timestamp", new Numbers());
    const request = records.lane("request", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"host":
      if (view.getFloat64(at, true) !== 1.164667071370036e-28) return deviates;
      at = skipText(input, view, at + 8);
      // ,"timestamp":
      if (at < 0 || view.getFloat64(at, true) !== 8.8877748716408e+252 || view.getFloat64(at + 5, true) !== 1.1636751649674981e-28) return deviates;
      at = readTimestamp(input, view, at + 13, timestamp, row);
      // ,"request":
      if (at < 0 || view.getFloat64(at, true) !== 7.501897094091763e+247 || view.getFloat64(at + 3, true) !== 1.1646670339497641e-28) return deviates;
      at = readText(input, view, at + 11, request, row);
      // ,"http_reply":
      if (at < 0 || view.getFloat64(at, true) !== 8.385502100587506e+242 || view.getFloat64(at + 6, true) !== 1.165892929501725e-28) return deviates;
      at = skipText(input, view, at + 14);
      // ,"bytes":
      if (at < 0 || view.getFloat64(at, true) !== 9.941253469670208e-143 || view.getFloat64(at + 1, true) !== 1.1644070898888994e-28) return deviates;
      at = skipText(input, view, at + 9);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, timestamp, row);
        case 1: return readText(input, view, at, request, row);
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
        return records.batch(row, { timestamp: timestamp.values, request });
      },
    };
  },
};
