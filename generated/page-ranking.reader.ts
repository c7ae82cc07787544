// Emitted from page-ranking.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Numbers,
  type ReaderDefinition,
  readText,
  readTimestamp,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of requests that the job reads. */
export interface RequestsColumns {
  readonly time: Float64Array;
  readonly host: Texts;
  readonly request: Texts;
}

/** Reads requests: time, host, request of each JSON line. */
export const requestsReader: ReaderDefinition<RequestsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["time", "timestamp"],
      ["host", "string"],
      ["request", "string"],
    ]);
    const time = records.lane("time", new Numbers());
    const host = records.lane("host", new Texts(records.text));
    const request = records.lane("request", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"time":
      if (view.getFloat64(at, true) !== 1.160963485693812e-28) return deviates;
      at = readTimestamp(input, view, at + 8, time, row);
      // ,"host":
      if (at < 0 || view.getFloat64(at, true) !== 1.1646670713700184e-28) return deviates;
      at = readText(input, view, at + 8, host, row);
      // ,"request":
      if (at < 0 || view.getFloat64(at, true) !== 7.501897094091763e+247 || view.getFloat64(at + 3, true) !== 1.1646670339497641e-28) return deviates;
      at = readText(input, view, at + 11, request, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, time, row);
        case 1: return readText(input, view, at, host, row);
        case 2: return readText(input, view, at, request, row);
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
        return records.batch(row, { time: time.values, host, request });
      },
    };
  },
};
