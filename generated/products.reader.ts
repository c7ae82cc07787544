// Emitted from products.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  Numbers,
  readDate,
  readDecimal,
  type ReaderDefinition,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of products that the job reads. */
export interface ProductsColumns {
  readonly sku: Texts;
  readonly name: Texts;
  readonly category: Texts;
  readonly price: Longs;
  readonly introduced: Float64Array;
}

/** Reads products: sku, name, category, price, introduced of each JSON line. */
export const productsReader: ReaderDefinition<ProductsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["sku", "string"],
      ["name", "string"],
      ["category", "string"],
      ["price", "decimal(10,2)"],
      ["introduced", "date"],
    ]);
    const sku = records.lane("sku", new Texts(records.text));
    const name = records.lane("name", new Texts(records.text));
    const category = records.lane("category", new Texts(records.text));
    const price = records.lane("price", new Longs());
    const introduced = records.lane("introduced", new Numbers());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"sku":
      if (view.getInt32(at, true) !== 1_802_707_579 || view.getInt32(at + 3, true) !== 975_336_811) return deviates;
      at = readText(input, view, at + 7, sku, row);
      // ,"name":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609634555129769e-28) return deviates;
      at = readText(input, view, at + 8, name, row);
      // ,"category":
      if (at < 0 || view.getFloat64(at, true) !== 4.433983157448308e+228 || view.getFloat64(at + 4, true) !== 1.165898703558622e-28) return deviates;
      at = readText(input, view, at + 12, category, row);
      // ,"price":
      if (at < 0 || view.getFloat64(at, true) !== 5.481114804515358e-143 || view.getFloat64(at + 1, true) !== 1.1609538560191598e-28) return deviates;
      at = readDecimal(input, at + 9, 10, 2, price, row);
      // ,"introduced":
      if (at < 0 || view.getFloat64(at, true) !== 6.2222569379137745e+175 || view.getFloat64(at + 6, true) !== 1.1607092403901406e-28) return deviates;
      at = readDate(input, at + 14, introduced, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readText(input, view, at, sku, row);
        case 1: return readText(input, view, at, name, row);
        case 2: return readText(input, view, at, category, row);
        case 3: return readDecimal(input, at, 10, 2, price, row);
        case 4: return readDate(input, at, introduced, row);
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
        return records.batch(row, { sku, name, category, price, introduced: introduced.values });
      },
    };
  },
};
