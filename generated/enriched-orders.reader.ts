// Emitted from enriched-orders.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  BlockRecords,
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  Numbers,
  type ReaderDefinition,
  readInt,
  readLong,
  readText,
  readTimestamp,
  skipText,
  skipValue,
  Texts,
} from "../runtime/index.ts";
import { parquetBlocks } from "../runtime/parquet.ts";

/** Columns of products that the job reads. */
export interface ProductsColumns {
  readonly sku: Texts;
  readonly name: Texts;
  readonly category: Texts;
  readonly price: Longs;
}

/** Reads products: sku, name, category, price of each row. */
export const productsReader: ReaderDefinition<ProductsColumns> = {
  blocks: parquetBlocks([
    ["sku", "string"],
    ["name", "string"],
    ["category", "string"],
    ["price", "decimal(10,2)"],
  ]),
  create(context) {
    const records = new BlockRecords(context, ["sku", "name", "category", "price"]);
    const sku = records.lane("sku", new Texts(records.text));
    const name = records.lane("name", new Texts(records.text));
    const category = records.lane("category", new Texts(records.text));
    const price = records.lane("price", new Longs());

    return {
      read(chunk) {
        const end = records.begin(chunk);
        let row = 0;
        for (let at = 0; at < end; at++) {
          if (records.take(at, row)) row++;
        }
        return records.batch(row, { sku, name, category, price });
      },
    };
  },
};

/** Columns of orders that the job reads. */
export interface OrdersColumns {
  readonly id: Longs;
  readonly customer: Texts;
  readonly sku: Texts;
  readonly quantity: Float64Array;
  readonly at: Float64Array;
}

/** Reads orders: id, customer, sku, quantity, at of each JSON message; other keys may hold any JSON. */
export const ordersReader: ReaderDefinition<OrdersColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "long"],
      ["customer", "string"],
      ["sku", "string"],
      ["quantity", "int"],
      ["at", "timestamp"],
    ]);
    const id = records.lane("id", new Longs());
    const customer = records.lane("customer", new Texts(records.text));
    const sku = records.lane("sku", new Texts(records.text));
    const quantity = records.lane("quantity", new Numbers());
    const at2 = records.lane("at", new Numbers());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readLong(input, at + 6, id, row);
      // ,"customer":
      if (at < 0 || view.getFloat64(at, true) !== 1.3879537386399266e+219 || view.getFloat64(at + 4, true) !== 1.164160544379059e-28) return deviates;
      at = readText(input, view, at + 12, customer, row);
      // ,"sku":
      if (at < 0 || view.getInt32(at, true) !== 1_802_707_500 || view.getInt32(at + 3, true) !== 975_336_811) return deviates;
      at = readText(input, view, at + 7, sku, row);
      // ,"quantity":
      if (at < 0 || view.getFloat64(at, true) !== 9.774408230265444e+199 || view.getFloat64(at + 4, true) !== 1.165900607110605e-28) return deviates;
      at = readInt(input, at + 12, quantity, row);
      // ,"at":
      if (at < 0 || view.getInt32(at, true) !== 1_952_522_796 || view.getInt32(at + 2, true) !== 975_336_545) return deviates;
      at = readTimestamp(input, view, at + 6, at2, row);
      // ,"note":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609702489299292e-28) return deviates;
      at = skipText(input, view, at + 8);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readLong(input, at, id, row);
        case 1: return readText(input, view, at, customer, row);
        case 2: return readText(input, view, at, sku, row);
        case 3: return readInt(input, at, quantity, row);
        case 4: return readTimestamp(input, view, at, at2, row);
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
        return records.batch(row, { id, customer, sku, quantity: quantity.values, at: at2.values });
      },
    };
  },
};
