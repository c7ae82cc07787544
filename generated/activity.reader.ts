// Emitted from activity.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  checkLong,
  checkText,
  deviates,
  endOfRecord,
  ifPresent,
  JsonRecords,
  Longs,
  NullableTexts,
  type ReaderDefinition,
  readLong,
  readNullableText,
  readText,
  skipNumber,
  skipText,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of activity that the job reads. */
export interface ActivityColumns {
  readonly gt: NullableTexts;
}

/** Reads activity: arrival_time, creation_time, model, gt of each JSON line; other keys may hold any JSON. */
export const activityReader: ReaderDefinition<ActivityColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["arrival_time", "long"],
      ["creation_time", "long"],
      ["model", "string"],
      ["gt", "string?"],
    ]);
    const gt = records.lane("gt", new NullableTexts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"index":
      if (view.getFloat64(at, true) !== 1.2503794366103606e-142 || view.getFloat64(at + 1, true) !== 1.1656396247067678e-28) return deviates;
      at = skipNumber(input, view, at + 9);
      // ,"arrival_time":
      if (at < 0 || view.getFloat64(at, true) !== 3.15091305099606e+161 || view.getFloat64(at + 8, true) !== 1.16096348569731e-28) return deviates;
      at = checkLong(input, at + 16);
      // ,"creation_time":
      if (at < 0 || view.getFloat64(at, true) !== 9.750143258979493e+199 || view.getFloat64(at + 8, true) !== 5.4911252495440775e-143 || view.getFloat64(at + 9, true) !== 1.1609634856973104e-28) return deviates;
      at = checkLong(input, at + 17);
      // ,"x":
      if (at < 0 || view.getInt32(at, true) !== 578_298_412 || view.getInt32(at + 1, true) !== 975_337_506) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"y":
      if (at < 0 || view.getInt32(at, true) !== 578_363_948 || view.getInt32(at + 1, true) !== 975_337_762) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"z":
      if (at < 0 || view.getInt32(at, true) !== 578_429_484 || view.getInt32(at + 1, true) !== 975_338_018) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"user":
      if (at < 0 || view.getFloat64(at, true) !== 1.16416056703199e-28) return deviates;
      at = skipText(input, view, at + 8);
      // ,"device":
      if (at < 0 || view.getFloat64(at, true) !== 2.5171950621146363e+180 || view.getFloat64(at + 2, true) !== 1.160953856077318e-28) return deviates;
      at = skipText(input, view, at + 10);
      // ,"model":
      if (at < 0 || view.getFloat64(at, true) !== 7.276963743298828e-143 || view.getFloat64(at + 1, true) !== 1.1626813963271123e-28) return deviates;
      at = checkText(input, view, at + 9);
      // ,"gt":
      if (at < 0 || view.getInt32(at, true) !== 1_952_916_012 || view.getInt32(at + 2, true) !== 975_336_551) return deviates;
      at = readNullableText(input, view, at + 6, gt, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return checkLong(input, at);
        case 1: return checkLong(input, at);
        case 2: return checkText(input, view, at);
        case 3: return readNullableText(input, view, at, gt, row);
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
        return records.batch(row, { gt });
      },
    };
  },
};

/** Columns of activity that the job reads. */
export interface ActivityForSimpleTransformColumns {
  readonly arrival_time: Longs;
  readonly creation_time: Longs;
  readonly model: Texts;
  readonly gt: NullableTexts;
}

/** Reads activity: arrival_time, creation_time, model, gt of each JSON line; other keys may hold any JSON. */
export const activityForSimpleTransformReader: ReaderDefinition<ActivityForSimpleTransformColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["arrival_time", "long"],
      ["creation_time", "long"],
      ["model", "string"],
      ["gt", "string?"],
    ]);
    const arrival_time = records.lane("arrival_time", new Longs());
    const creation_time = records.lane("creation_time", new Longs());
    const model = records.lane("model", new Texts(records.text));
    const gt = records.lane("gt", new NullableTexts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"index":
      if (view.getFloat64(at, true) !== 1.2503794366103606e-142 || view.getFloat64(at + 1, true) !== 1.1656396247067678e-28) return deviates;
      at = skipNumber(input, view, at + 9);
      // ,"arrival_time":
      if (at < 0 || view.getFloat64(at, true) !== 3.15091305099606e+161 || view.getFloat64(at + 8, true) !== 1.16096348569731e-28) return deviates;
      at = readLong(input, at + 16, arrival_time, row);
      // ,"creation_time":
      if (at < 0 || view.getFloat64(at, true) !== 9.750143258979493e+199 || view.getFloat64(at + 8, true) !== 5.4911252495440775e-143 || view.getFloat64(at + 9, true) !== 1.1609634856973104e-28) return deviates;
      at = readLong(input, at + 17, creation_time, row);
      // ,"x":
      if (at < 0 || view.getInt32(at, true) !== 578_298_412 || view.getInt32(at + 1, true) !== 975_337_506) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"y":
      if (at < 0 || view.getInt32(at, true) !== 578_363_948 || view.getInt32(at + 1, true) !== 975_337_762) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"z":
      if (at < 0 || view.getInt32(at, true) !== 578_429_484 || view.getInt32(at + 1, true) !== 975_338_018) return deviates;
      at = skipNumber(input, view, at + 5);
      // ,"user":
      if (at < 0 || view.getFloat64(at, true) !== 1.16416056703199e-28) return deviates;
      at = skipText(input, view, at + 8);
      // ,"device":
      if (at < 0 || view.getFloat64(at, true) !== 2.5171950621146363e+180 || view.getFloat64(at + 2, true) !== 1.160953856077318e-28) return deviates;
      at = skipText(input, view, at + 10);
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
        case 0: return readLong(input, at, arrival_time, row);
        case 1: return readLong(input, at, creation_time, row);
        case 2: return readText(input, view, at, model, row);
        case 3: return readNullableText(input, view, at, gt, row);
        default: return skipValue(input, view, at);
      }
    }

    // Rows for which gt like "%stairs%".
    function keeps(row: number): boolean {
      return ifPresent(gt.text(row), (gtValue) => gtValue.includes("stairs")) === true;
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
        return records.batch(row, { arrival_time, creation_time, model, gt });
      },
    };
  },
};
