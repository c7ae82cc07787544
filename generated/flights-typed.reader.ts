// Emitted from flights-typed.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  csvFraming,
  CsvRecords,
  deviates,
  endOfCsvRecord,
  type FileColumn,
  Numbers,
  readCsvText,
  type ReaderDefinition,
  readInt,
  skipCsvField,
  Texts,
} from "../runtime/index.ts";

/** Columns of flights that the job reads. */
export interface FlightsColumns {
  readonly destination: Texts;
  readonly origin: Texts;
  readonly count: Float64Array;
  readonly _file: FileColumn;
}

/** Reads flights: destination, origin, count of each CSV record. */
export const flightsReader: ReaderDefinition<FlightsColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["destination", "string"],
      ["origin", "string"],
      ["count", "int"],
    ], { header: true });
    const destination = records.lane("destination", new Texts(records.text));
    const origin = records.lane("origin", new Texts(records.text));
    const count = records.lane("count", new Numbers());
    const _file = records.file;

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // destination
      at = readCsvText(input, view, at, 44, destination, row);
      // origin
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readCsvText(input, view, at, 44, origin, row);
      // count
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readInt(input, at, count, row);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return readCsvText(input, view, at, 44, destination, row);
        case 1:
          return readCsvText(input, view, at, 44, origin, row);
        case 2:
          return readInt(input, at, count, row);
        default: return skipCsvField(input, view, at, 44);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at >= plainEnd ? deviates : inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn);
          if (next < 0) {
            // What deviates is decoded exactly; a line may hold no record.
            next = records.decode(at, row);
            if (!records.hasRow) {
              at = next;
              continue;
            }
          }
          records.accept(at, row);
          at = next;
          row++;
        }
        return records.batch(row, { destination, origin, count: count.values, _file });
      },
    };
  },
};

/** Columns of flights that the job reads. */
export interface FlightsForDestinationsColumns {
  readonly destination: Texts;
  readonly origin: Texts;
  readonly count: Float64Array;
}

/** Reads flights: destination, origin, count of each CSV record. */
export const flightsForDestinationsReader: ReaderDefinition<FlightsForDestinationsColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["destination", "string"],
      ["origin", "string"],
      ["count", "int"],
    ], { header: true });
    const destination = records.lane("destination", new Texts(records.text));
    const origin = records.lane("origin", new Texts(records.text));
    const count = records.lane("count", new Numbers());

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // destination
      at = readCsvText(input, view, at, 44, destination, row);
      // origin
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readCsvText(input, view, at, 44, origin, row);
      // count
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readInt(input, at, count, row);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return readCsvText(input, view, at, 44, destination, row);
        case 1:
          return readCsvText(input, view, at, 44, origin, row);
        case 2:
          return readInt(input, at, count, row);
        default: return skipCsvField(input, view, at, 44);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at >= plainEnd ? deviates : inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn);
          if (next < 0) {
            // What deviates is decoded exactly; a line may hold no record.
            next = records.decode(at, row);
            if (!records.hasRow) {
              at = next;
              continue;
            }
          }
          records.accept(at, row);
          at = next;
          row++;
        }
        return records.batch(row, { destination, origin, count: count.values });
      },
    };
  },
};
