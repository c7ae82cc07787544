// Emitted from q3.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  type ReaderDefinition,
  readLong,
  readText,
  skipNumber,
  skipText,
  skipValue,
  Texts,
} from "../../runtime/index.ts";

const items = new Set(["OR", "ID", "CA"]);

/** Columns of auctions that the job reads. */
export interface AuctionsColumns {
  readonly id: Longs;
  readonly seller: Longs;
  readonly category: Longs;
}

/** Reads auctions: id, seller, category of each JSON line; other keys may hold any JSON. */
export const auctionsReader: ReaderDefinition<AuctionsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "long"],
      ["seller", "long"],
      ["category", "long"],
    ]);
    const id = records.lane("id", new Longs());
    const seller = records.lane("seller", new Longs());
    const category = records.lane("category", new Longs());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readLong(input, at + 6, id, row);
      // ,"itemName":
      if (at < 0 || view.getFloat64(at, true) !== 5.3472629545802974e+160 || view.getFloat64(at + 4, true) !== 1.1609634550470967e-28) return deviates;
      at = skipText(input, view, at + 12);
      // ,"description":
      if (at < 0 || view.getFloat64(at, true) !== 8.797169491803609e+199 || view.getFloat64(at + 7, true) !== 1.1631840829241635e-28) return deviates;
      at = skipText(input, view, at + 15);
      // ,"initialBid":
      if (at < 0 || view.getFloat64(at, true) !== 1.789353950337166e+161 || view.getFloat64(at + 6, true) !== 1.1607129679854093e-28) return deviates;
      at = skipNumber(input, view, at + 14);
      // ,"reserve":
      if (at < 0 || view.getFloat64(at, true) !== 3.62048316266053e+262 || view.getFloat64(at + 3, true) !== 1.1609721860170382e-28) return deviates;
      at = skipNumber(input, view, at + 11);
      // ,"dateTime":
      if (at < 0 || view.getFloat64(at, true) !== 2.439431843903575e+199 || view.getFloat64(at + 4, true) !== 1.1609634852274584e-28) return deviates;
      at = skipText(input, view, at + 12);
      // ,"expires":
      if (at < 0 || view.getFloat64(at, true) !== 4.775021951220904e+180 || view.getFloat64(at + 3, true) !== 1.1644070821314596e-28) return deviates;
      at = skipText(input, view, at + 11);
      // ,"seller":
      if (at < 0 || view.getFloat64(at, true) !== 1.1428192043934241e+243 || view.getFloat64(at + 2, true) !== 1.164160540572535e-28) return deviates;
      at = readLong(input, at + 10, seller, row);
      // ,"category":
      if (at < 0 || view.getFloat64(at, true) !== 4.433983157448308e+228 || view.getFloat64(at + 4, true) !== 1.165898703558622e-28) return deviates;
      at = readLong(input, at + 12, category, row);
      // ,"extra":
      if (at < 0 || view.getFloat64(at, true) !== 4.471106987491239e-143 || view.getFloat64(at + 1, true) !== 1.1599822658271483e-28) return deviates;
      at = skipText(input, view, at + 9);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readLong(input, at, id, row);
        case 1: return readLong(input, at, seller, row);
        case 2: return readLong(input, at, category, row);
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
        return records.batch(row, { id, seller, category });
      },
    };
  },
};

/** Columns of persons that the job reads. */
export interface PersonsColumns {
  readonly id: Longs;
  readonly name: Texts;
  readonly city: Texts;
  readonly state: Texts;
}

/** Reads persons: id, name, city, state of each JSON line; other keys may hold any JSON. */
export const personsReader: ReaderDefinition<PersonsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "long"],
      ["name", "string"],
      ["city", "string"],
      ["state", "string"],
    ]);
    const id = records.lane("id", new Longs());
    const name = records.lane("name", new Texts(records.text));
    const city = records.lane("city", new Texts(records.text));
    const state = records.lane("state", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readLong(input, at + 6, id, row);
      // ,"name":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609634555129769e-28) return deviates;
      at = readText(input, view, at + 8, name, row);
      // ,"emailAddress":
      if (at < 0 || view.getFloat64(at, true) !== 14895883.418595396 || view.getFloat64(at + 8, true) !== 1.1644205148720552e-28) return deviates;
      at = skipText(input, view, at + 16);
      // ,"creditCard":
      if (at < 0 || view.getFloat64(at, true) !== 5.81763201247813e+252 || view.getFloat64(at + 6, true) !== 1.1607217506778483e-28) return deviates;
      at = skipText(input, view, at + 14);
      // ,"city":
      if (at < 0 || view.getFloat64(at, true) !== 1.1659006068564385e-28) return deviates;
      at = readText(input, view, at + 8, city, row);
      // ,"state":
      if (at < 0 || view.getFloat64(at, true) !== 5.498101259004416e-143 || view.getFloat64(at + 1, true) !== 1.1609701963605912e-28) return deviates;
      at = readText(input, view, at + 9, state, row);
      // ,"dateTime":
      if (at < 0 || view.getFloat64(at, true) !== 2.439431843903575e+199 || view.getFloat64(at + 4, true) !== 1.1609634852274584e-28) return deviates;
      at = skipText(input, view, at + 12);
      // ,"extra":
      if (at < 0 || view.getFloat64(at, true) !== 4.471106987491239e-143 || view.getFloat64(at + 1, true) !== 1.1599822658271483e-28) return deviates;
      at = skipText(input, view, at + 9);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readLong(input, at, id, row);
        case 1: return readText(input, view, at, name, row);
        case 2: return readText(input, view, at, city, row);
        case 3: return readText(input, view, at, state, row);
        default: return skipValue(input, view, at);
      }
    }

    // Rows for which state in ("OR", "ID", "CA").
    function keeps(row: number): boolean {
      return items.has(state.text(row));
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
        return records.batch(row, { id, name, city, state });
      },
    };
  },
};
