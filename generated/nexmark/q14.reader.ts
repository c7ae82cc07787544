// Emitted from q14.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  Numbers,
  type ReaderDefinition,
  readLong,
  readText,
  readTimestamp,
  skipText,
  skipValue,
  Texts,
} from "../../runtime/index.ts";

/** Columns of bids that the job reads. */
export interface BidsColumns {
  readonly auction: Longs;
  readonly bidder: Longs;
  readonly price: Longs;
  readonly dateTime: Float64Array;
  readonly extra: Texts;
}

/** Reads bids: auction, bidder, price, dateTime, extra of each JSON line; other keys may hold any JSON. */
export const bidsReader: ReaderDefinition<BidsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["auction", "long"],
      ["bidder", "long"],
      ["price", "long"],
      ["dateTime", "timestamp"],
      ["extra", "string"],
    ]);
    const auction = records.lane("auction", new Longs());
    const bidder = records.lane("bidder", new Longs());
    const price = records.lane("price", new Longs());
    const dateTime = records.lane("dateTime", new Numbers());
    const extra = records.lane("extra", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"auction":
      if (view.getFloat64(at, true) !== 4.824071434952211e+228 || view.getFloat64(at + 3, true) !== 1.16318408292342e-28) return deviates;
      at = readLong(input, at + 11, auction, row);
      // ,"bidder":
      if (at < 0 || view.getFloat64(at, true) !== 1.1411457015594453e+243 || view.getFloat64(at + 2, true) !== 1.164160510362556e-28) return deviates;
      at = readLong(input, at + 10, bidder, row);
      // ,"price":
      if (at < 0 || view.getFloat64(at, true) !== 5.481114804515358e-143 || view.getFloat64(at + 1, true) !== 1.1609538560191598e-28) return deviates;
      at = readLong(input, at + 9, price, row);
      // ,"channel":
      if (at < 0 || view.getFloat64(at, true) !== 3.946082173878148e+180 || view.getFloat64(at + 3, true) !== 1.1626814339275648e-28) return deviates;
      at = skipText(input, view, at + 11);
      // ,"url":
      if (at < 0 || view.getInt32(at, true) !== 1_920_279_084 || view.getInt32(at + 3, true) !== 975_334_514) return deviates;
      at = skipText(input, view, at + 7);
      // ,"dateTime":
      if (at < 0 || view.getFloat64(at, true) !== 2.439431843903575e+199 || view.getFloat64(at + 4, true) !== 1.1609634852274584e-28) return deviates;
      at = readTimestamp(input, view, at + 12, dateTime, row);
      // ,"extra":
      if (at < 0 || view.getFloat64(at, true) !== 4.471106987491239e-143 || view.getFloat64(at + 1, true) !== 1.1599822658271483e-28) return deviates;
      at = readText(input, view, at + 9, extra, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readLong(input, at, auction, row);
        case 1: return readLong(input, at, bidder, row);
        case 2: return readLong(input, at, price, row);
        case 3: return readTimestamp(input, view, at, dateTime, row);
        case 4: return readText(input, view, at, extra, row);
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
        return records.batch(row, { auction, bidder, price, dateTime: dateTime.values, extra });
      },
    };
  },
};
