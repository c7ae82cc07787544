// Emitted from cdc.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  Longs,
  NullableLongs,
  NullableTexts,
  type ReaderDefinition,
  readLong,
  readNullableLong,
  readNullableText,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of changes that the job reads. */
export interface ChangesColumns {
  readonly op: Texts;
  readonly id: Longs;
  readonly version: Longs;
  readonly name: NullableTexts;
  readonly city: NullableTexts;
  readonly credit: NullableLongs;
}

/** Reads changes: op, id, version, name, city, credit of each JSON line. */
export const changesReader: ReaderDefinition<ChangesColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["op", "string"],
      ["id", "long"],
      ["version", "long"],
      ["name", "string?"],
      ["city", "string?"],
      ["credit", "long?"],
    ]);
    const op = records.lane("op", new Texts(records.text));
    const id = records.lane("id", new Longs());
    const version = records.lane("version", new Longs());
    const name = records.lane("name", new NullableTexts(records.text));
    const city = records.lane("city", new NullableTexts(records.text));
    const credit = records.lane("credit", new NullableLongs());

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"op":
      if (view.getInt32(at, true) !== 1_886_331_515 || view.getInt32(at + 2, true) !== 975_335_535) return deviates;
      at = readText(input, view, at + 6, op, row);
      // ,"id":
      if (at < 0 || view.getInt32(at, true) !== 1_684_611_628 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readLong(input, at + 6, id, row);
      // ,"version":
      if (at < 0 || view.getFloat64(at, true) !== 4.823374333681108e+228 || view.getFloat64(at + 3, true) !== 1.1631840829095837e-28) return deviates;
      at = readLong(input, at + 11, version, row);
      // ,"name":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609634555129769e-28) return deviates;
      at = readNullableText(input, view, at + 8, name, row);
      // ,"city":
      if (at < 0 || view.getFloat64(at, true) !== 1.1659006068564385e-28) return deviates;
      at = readNullableText(input, view, at + 8, city, row);
      // ,"credit":
      if (at < 0 || view.getFloat64(at, true) !== 5.81763201247813e+252 || view.getFloat64(at + 2, true) !== 1.1646574003034184e-28) return deviates;
      at = readNullableLong(input, at + 10, credit, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readText(input, view, at, op, row);
        case 1: return readLong(input, at, id, row);
        case 2: return readLong(input, at, version, row);
        case 3: return readNullableText(input, view, at, name, row);
        case 4: return readNullableText(input, view, at, city, row);
        case 5: return readNullableLong(input, at, credit, row);
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
        return records.batch(row, { op, id, version, name, city, credit });
      },
    };
  },
};
