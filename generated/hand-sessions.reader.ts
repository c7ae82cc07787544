// Emitted from hand-sessions.sluice; change the job and run `sluice build`.
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

/** Columns of clicks that the job reads. */
export interface ClicksColumns {
  readonly at: Float64Array;
  readonly user: Texts;
}

/** Reads clicks: at, user of each JSON line; other keys may hold any JSON. */
export const clicksReader: ReaderDefinition<ClicksColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["at", "timestamp"],
      ["user", "string"],
    ]);
    const at2 = records.lane("at", new Numbers());
    const user = records.lane("user", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"at":
      if (view.getInt32(at, true) !== 1_952_522_875 || view.getInt32(at + 2, true) !== 975_336_545) return deviates;
      at = readTimestamp(input, view, at + 6, at2, row);
      // ,"user":
      if (at < 0 || view.getFloat64(at, true) !== 1.16416056703199e-28) return deviates;
      at = readText(input, view, at + 8, user, row);
      // ,"page":
      if (at < 0 || view.getFloat64(at, true) !== 1.160957677752531e-28) return deviates;
      at = skipText(input, view, at + 8);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readTimestamp(input, view, at, at2, row);
        case 1: return readText(input, view, at, user, row);
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
        return records.batch(row, { at: at2.values, user });
      },
    };
  },
};
