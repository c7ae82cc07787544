// Emitted from domain-traffic.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  checkLong,
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  Numbers,
  type ReaderDefinition,
  readLong,
  readText,
  readTimestamp,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of hits that the job reads. */
export interface HitsColumns {
  readonly time: Float64Array;
  readonly url: Texts;
  readonly bytes: Longs;
}

/** Reads hits: time, url, bytes of each JSON line. */
export const hitsReader: ReaderDefinition<HitsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["time", "timestamp"],
      ["url", "string"],
      ["bytes", "long"],
    ]);
    const time = records.lane("time", new Numbers());
    const url = records.lane("url", new Texts(records.text));
    const bytes = records.lane("bytes", new Longs());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"time":
      if (view.getFloat64(at, true) !== 1.160963485693812e-28) return deviates;
      at = readTimestamp(input, view, at + 8, time, row);
      // ,"url":
      if (at < 0 || view.getInt32(at, true) !== 1_920_279_084 || view.getInt32(at + 3, true) !== 975_334_514) return deviates;
      at = readText(input, view, at + 7, url, row);
      // ,"bytes":
      if (at < 0 || view.getFloat64(at, true) !== 9.941253469670208e-143 || view.getFloat64(at + 1, true) !== 1.1644070898888994e-28) return deviates;
      at = readLong(input, at + 9, bytes, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, time, row);
        case 1: return readText(input, view, at, url, row);
        case 2: return readLong(input, at, bytes, row);
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
        return records.batch(row, { time: time.values, url, bytes });
      },
    };
  },
};

/** Columns of hits that the job reads. */
export interface HitsForTodayColumns {
  readonly time: Float64Array;
  readonly url: Texts;
}

/** Reads hits: time, url, bytes of each JSON line. */
export const hitsForTodayReader: ReaderDefinition<HitsForTodayColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["time", "timestamp"],
      ["url", "string"],
      ["bytes", "long"],
    ]);
    const time = records.lane("time", new Numbers());
    const url = records.lane("url", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"time":
      if (view.getFloat64(at, true) !== 1.160963485693812e-28) return deviates;
      at = readTimestamp(input, view, at + 8, time, row);
      // ,"url":
      if (at < 0 || view.getInt32(at, true) !== 1_920_279_084 || view.getInt32(at + 3, true) !== 975_334_514) return deviates;
      at = readText(input, view, at + 7, url, row);
      // ,"bytes":
      if (at < 0 || view.getFloat64(at, true) !== 9.941253469670208e-143 || view.getFloat64(at + 1, true) !== 1.1644070898888994e-28) return deviates;
      at = checkLong(input, at + 9);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, time, row);
        case 1: return readText(input, view, at, url, row);
        case 2: return checkLong(input, at);
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
        return records.batch(row, { time: time.values, url });
      },
    };
  },
};
