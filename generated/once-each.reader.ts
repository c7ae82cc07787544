// Emitted from once-each.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  checkInt,
  deviates,
  endOfRecord,
  JsonRecords,
  Numbers,
  readDouble,
  type ReaderDefinition,
  readInt,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of incoming that the job reads. */
export interface IncomingColumns {
  readonly id: Float64Array;
  readonly account: Texts;
  readonly amount: Float64Array;
}

/** Reads incoming: id, account, amount of each JSON line. */
export const incomingReader: ReaderDefinition<IncomingColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "int"],
      ["account", "string"],
      ["amount", "double"],
    ]);
    const id = records.lane("id", new Numbers());
    const account = records.lane("account", new Texts(records.text));
    const amount = records.lane("amount", new Numbers());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readInt(input, at + 6, id, row);
      // ,"account":
      if (at < 0 || view.getFloat64(at, true) !== 1.239716877835385e+224 || view.getFloat64(at + 3, true) !== 1.1646622792212479e-28) return deviates;
      at = readText(input, view, at + 11, account, row);
      // ,"amount":
      if (at < 0 || view.getFloat64(at, true) !== 6.978437478136172e+252 || view.getFloat64(at + 2, true) !== 1.1646622792218214e-28) return deviates;
      at = readDouble(input, at + 10, amount, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readInt(input, at, id, row);
        case 1: return readText(input, view, at, account, row);
        case 2: return readDouble(input, at, amount, row);
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
        return records.batch(row, { id: id.values, account, amount: amount.values });
      },
    };
  },
};

/** Columns of incoming that the job reads. */
export interface IncomingForBalancesColumns {
  readonly account: Texts;
  readonly amount: Float64Array;
}

/** Reads incoming: id, account, amount of each JSON line. */
export const incomingForBalancesReader: ReaderDefinition<IncomingForBalancesColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "int"],
      ["account", "string"],
      ["amount", "double"],
    ]);
    const account = records.lane("account", new Texts(records.text));
    const amount = records.lane("amount", new Numbers());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = checkInt(input, at + 6);
      // ,"account":
      if (at < 0 || view.getFloat64(at, true) !== 1.239716877835385e+224 || view.getFloat64(at + 3, true) !== 1.1646622792212479e-28) return deviates;
      at = readText(input, view, at + 11, account, row);
      // ,"amount":
      if (at < 0 || view.getFloat64(at, true) !== 6.978437478136172e+252 || view.getFloat64(at + 2, true) !== 1.1646622792218214e-28) return deviates;
      at = readDouble(input, at + 10, amount, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return checkInt(input, at);
        case 1: return readText(input, view, at, account, row);
        case 2: return readDouble(input, at, amount, row);
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
        return records.batch(row, { account, amount: amount.values });
      },
    };
  },
};
