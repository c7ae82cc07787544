// Emitted from q20.sluice; change the job and run `sluice build`.
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
  skipValue,
  Texts,
} from "../../runtime/index.ts";

/** Columns of bids that the job reads. */
export interface BidsColumns {
  readonly auction: Longs;
  readonly bidder: Longs;
  readonly price: Longs;
  readonly channel: Texts;
  readonly url: Texts;
  readonly dateTime: Float64Array;
  readonly extra: Texts;
}

/** Reads bids: auction, bidder, price, channel, url, dateTime, extra of each JSON line. */
export const bidsReader: ReaderDefinition<BidsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["auction", "long"],
      ["bidder", "long"],
      ["price", "long"],
      ["channel", "string"],
      ["url", "string"],
      ["dateTime", "timestamp"],
      ["extra", "string"],
    ]);
    const auction = records.lane("auction", new Longs());
    const bidder = records.lane("bidder", new Longs());
    const price = records.lane("price", new Longs());
    const channel = records.lane("channel", new Texts(records.text));
    const url = records.lane("url", new Texts(records.text));
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
      at = readText(input, view, at + 11, channel, row);
      // ,"url":
      if (at < 0 || view.getInt32(at, true) !== 1_920_279_084 || view.getInt32(at + 3, true) !== 975_334_514) return deviates;
      at = readText(input, view, at + 7, url, row);
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
        case 3: return readText(input, view, at, channel, row);
        case 4: return readText(input, view, at, url, row);
        case 5: return readTimestamp(input, view, at, dateTime, row);
        case 6: return readText(input, view, at, extra, row);
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
        return records.batch(row, { auction, bidder, price, channel, url, dateTime: dateTime.values, extra });
      },
    };
  },
};

/** Columns of auctions that the job reads. */
export interface AuctionsColumns {
  readonly id: Longs;
  readonly itemName: Texts;
  readonly description: Texts;
  readonly initialBid: Longs;
  readonly reserve: Longs;
  readonly dateTime: Float64Array;
  readonly expires: Float64Array;
  readonly seller: Longs;
  readonly category: Longs;
  readonly extra: Texts;
}

/** Reads auctions: id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra of each JSON line. */
export const auctionsReader: ReaderDefinition<AuctionsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "long"],
      ["itemName", "string"],
      ["description", "string"],
      ["initialBid", "long"],
      ["reserve", "long"],
      ["dateTime", "timestamp"],
      ["expires", "timestamp"],
      ["seller", "long"],
      ["category", "long"],
      ["extra", "string"],
    ]);
    const id = records.lane("id", new Longs());
    const itemName = records.lane("itemName", new Texts(records.text));
    const description = records.lane("description", new Texts(records.text));
    const initialBid = records.lane("initialBid", new Longs());
    const reserve = records.lane("reserve", new Longs());
    const dateTime = records.lane("dateTime", new Numbers());
    const expires = records.lane("expires", new Numbers());
    const seller = records.lane("seller", new Longs());
    const category = records.lane("category", new Longs());
    const extra = records.lane("extra", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readLong(input, at + 6, id, row);
      // ,"itemName":
      if (at < 0 || view.getFloat64(at, true) !== 5.3472629545802974e+160 || view.getFloat64(at + 4, true) !== 1.1609634550470967e-28) return deviates;
      at = readText(input, view, at + 12, itemName, row);
      // ,"description":
      if (at < 0 || view.getFloat64(at, true) !== 8.797169491803609e+199 || view.getFloat64(at + 7, true) !== 1.1631840829241635e-28) return deviates;
      at = readText(input, view, at + 15, description, row);
      // ,"initialBid":
      if (at < 0 || view.getFloat64(at, true) !== 1.789353950337166e+161 || view.getFloat64(at + 6, true) !== 1.1607129679854093e-28) return deviates;
      at = readLong(input, at + 14, initialBid, row);
      // ,"reserve":
      if (at < 0 || view.getFloat64(at, true) !== 3.62048316266053e+262 || view.getFloat64(at + 3, true) !== 1.1609721860170382e-28) return deviates;
      at = readLong(input, at + 11, reserve, row);
      // ,"dateTime":
      if (at < 0 || view.getFloat64(at, true) !== 2.439431843903575e+199 || view.getFloat64(at + 4, true) !== 1.1609634852274584e-28) return deviates;
      at = readTimestamp(input, view, at + 12, dateTime, row);
      // ,"expires":
      if (at < 0 || view.getFloat64(at, true) !== 4.775021951220904e+180 || view.getFloat64(at + 3, true) !== 1.1644070821314596e-28) return deviates;
      at = readTimestamp(input, view, at + 11, expires, row);
      // ,"seller":
      if (at < 0 || view.getFloat64(at, true) !== 1.1428192043934241e+243 || view.getFloat64(at + 2, true) !== 1.164160540572535e-28) return deviates;
      at = readLong(input, at + 10, seller, row);
      // ,"category":
      if (at < 0 || view.getFloat64(at, true) !== 4.433983157448308e+228 || view.getFloat64(at + 4, true) !== 1.165898703558622e-28) return deviates;
      at = readLong(input, at + 12, category, row);
      // ,"extra":
      if (at < 0 || view.getFloat64(at, true) !== 4.471106987491239e-143 || view.getFloat64(at + 1, true) !== 1.1599822658271483e-28) return deviates;
      at = readText(input, view, at + 9, extra, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readLong(input, at, id, row);
        case 1: return readText(input, view, at, itemName, row);
        case 2: return readText(input, view, at, description, row);
        case 3: return readLong(input, at, initialBid, row);
        case 4: return readLong(input, at, reserve, row);
        case 5: return readTimestamp(input, view, at, dateTime, row);
        case 6: return readTimestamp(input, view, at, expires, row);
        case 7: return readLong(input, at, seller, row);
        case 8: return readLong(input, at, category, row);
        case 9: return readText(input, view, at, extra, row);
        default: return skipValue(input, view, at);
      }
    }

    // Rows for which category = 10.
    function keeps(row: number): boolean {
      return category.get(row) === 10;
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
            if (keeps(row)) row++;
            at = next;
            continue;
          }
          // What deviates is decoded exactly; a line may hold no record, or an array of them.
          for (let left = records.decode(at); left > 0; left--) {
            records.store(row);
            if (keeps(row)) row++;
          }
          at = records.next;
        }
        return records.batch(row, { id, itemName, description, initialBid, reserve, dateTime: dateTime.values, expires: expires.values, seller, category, extra });
      },
    };
  },
};
