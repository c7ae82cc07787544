// Emitted from running-state.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  NullableLongs,
  type ReaderDefinition,
  readNullableLong,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of amounts that the job reads. */
export interface AmountsColumns {
  readonly word: Texts;
  readonly amount: NullableLongs;
}

/** Reads amounts: word, amount of each JSON line. */
export const amountsReader: ReaderDefinition<AmountsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["word", "string"],
      ["amount", "long?"],
    ]);
    const word = records.lane("word", new Texts(records.text));
    const amount = records.lane("amount", new NullableLongs());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"word":
      if (view.getFloat64(at, true) !== 1.160721804099364e-28) return deviates;
      at = readText(input, view, at + 8, word, row);
      // ,"amount":
      if (at < 0 || view.getFloat64(at, true) !== 6.978437478136172e+252 || view.getFloat64(at + 2, true) !== 1.1646622792218214e-28) return deviates;
      at = readNullableLong(input, at + 10, amount, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readText(input, view, at, word, row);
        case 1: return readNullableLong(input, at, amount, row);
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
        return records.batch(row, { word, amount });
      },
    };
  },
};
