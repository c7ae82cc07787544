// Emitted from device-counts.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  deviates,
  endOfRecord,
  JsonRecords,
  NullableTexts,
  Numbers,
  readDouble,
  type ReaderDefinition,
  readNullableText,
  readText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of activity that the job reads. */
export interface ActivityColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly model: Texts;
  readonly gt: NullableTexts;
}

/** Reads activity: x, y, z, model, gt of each JSON line. */
export const activityReader: ReaderDefinition<ActivityColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["x", "double"],
      ["y", "double"],
      ["z", "double"],
      ["model", "string"],
      ["gt", "string?"],
    ]);
    const x = records.lane("x", new Numbers());
    const y = records.lane("y", new Numbers());
    const z = records.lane("z", new Numbers());
    const model = records.lane("model", new Texts(records.text));
    const gt = records.lane("gt", new NullableTexts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"x":
      if (view.getInt32(at, true) !== 578_298_491 || view.getInt32(at + 1, true) !== 975_337_506) return deviates;
      at = readDouble(input, at + 5, x, row);
      // ,"y":
      if (at < 0 || view.getInt32(at, true) !== 578_363_948 || view.getInt32(at + 1, true) !== 975_337_762) return deviates;
      at = readDouble(input, at + 5, y, row);
      // ,"z":
      if (at < 0 || view.getInt32(at, true) !== 578_429_484 || view.getInt32(at + 1, true) !== 975_338_018) return deviates;
      at = readDouble(input, at + 5, z, row);
      // ,"model":
      if (at < 0 || view.getFloat64(at, true) !== 7.276963743298828e-143 || view.getFloat64(at + 1, true) !== 1.1626813963271123e-28) return deviates;
      at = readText(input, view, at + 9, model, row);
      // ,"gt":
      if (at < 0 || view.getInt32(at, true) !== 1_952_916_012 || view.getInt32(at + 2, true) !== 975_336_551) return deviates;
      at = readNullableText(input, view, at + 6, gt, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readDouble(input, at, x, row);
        case 1: return readDouble(input, at, y, row);
        case 2: return readDouble(input, at, z, row);
        case 3: return readText(input, view, at, model, row);
        case 4: return readNullableText(input, view, at, gt, row);
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
        return records.batch(row, { x: x.values, y: y.values, z: z.values, model, gt });
      },
    };
  },
};

/** Columns of earlier that the job reads. */
export interface EarlierColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly model: Texts;
  readonly gt: NullableTexts;
}

/** Reads earlier: x, y, z, model, gt of each JSON line. */
export const earlierReader: ReaderDefinition<EarlierColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["x", "double"],
      ["y", "double"],
      ["z", "double"],
      ["model", "string"],
      ["gt", "string?"],
    ]);
    const x = records.lane("x", new Numbers());
    const y = records.lane("y", new Numbers());
    const z = records.lane("z", new Numbers());
    const model = records.lane("model", new Texts(records.text));
    const gt = records.lane("gt", new NullableTexts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"x":
      if (view.getInt32(at, true) !== 578_298_491 || view.getInt32(at + 1, true) !== 975_337_506) return deviates;
      at = readDouble(input, at + 5, x, row);
      // ,"y":
      if (at < 0 || view.getInt32(at, true) !== 578_363_948 || view.getInt32(at + 1, true) !== 975_337_762) return deviates;
      at = readDouble(input, at + 5, y, row);
      // ,"z":
      if (at < 0 || view.getInt32(at, true) !== 578_429_484 || view.getInt32(at + 1, true) !== 975_338_018) return deviates;
      at = readDouble(input, at + 5, z, row);
      // ,"model":
      if (at < 0 || view.getFloat64(at, true) !== 7.276963743298828e-143 || view.getFloat64(at + 1, true) !== 1.1626813963271123e-28) return deviates;
      at = readText(input, view, at + 9, model, row);
      // ,"gt":
      if (at < 0 || view.getInt32(at, true) !== 1_952_916_012 || view.getInt32(at + 2, true) !== 975_336_551) return deviates;
      at = readNullableText(input, view, at + 6, gt, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readDouble(input, at, x, row);
        case 1: return readDouble(input, at, y, row);
        case 2: return readDouble(input, at, z, row);
        case 3: return readText(input, view, at, model, row);
        case 4: return readNullableText(input, view, at, gt, row);
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
        return records.batch(row, { x: x.values, y: y.values, z: z.values, model, gt });
      },
    };
  },
};
