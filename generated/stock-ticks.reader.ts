// Emitted from stock-ticks.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  csvFraming,
  CsvRecords,
  deviates,
  endOfCsvRecord,
  Longs,
  Numbers,
  readCsvText,
  readCsvTimestamp,
  readDouble,
  type ReaderDefinition,
  readLong,
  skipCsvField,
  Texts,
} from "../runtime/index.ts";

/** Columns of ticks that the job reads. */
export interface TicksColumns {
  readonly ticker: Texts;
  readonly at: Float64Array;
  readonly price: Float64Array;
  readonly volume: Longs;
}

/** Reads ticks: ticker, at, price, volume of each CSV record. */
export const ticksReader: ReaderDefinition<TicksColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["ticker", "string"],
      ["at", "timestamp"],
      ["price", "double"],
      ["volume", "long"],
    ], { header: true });
    const ticker = records.lane("ticker", new Texts(records.text));
    const at2 = records.lane("at", new Numbers());
    const price = records.lane("price", new Numbers());
    const volume = records.lane("volume", new Longs());

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // ticker
      at = readCsvText(input, view, at, 44, ticker, row);
      // at
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readCsvTimestamp(input, view, at, at2, row);
      // price
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readDouble(input, at, price, row);
      // volume
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readLong(input, at, volume, row);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return readCsvText(input, view, at, 44, ticker, row);
        case 1:
          return readCsvTimestamp(input, view, at, at2, row);
        case 2:
          return readDouble(input, at, price, row);
        case 3:
          return readLong(input, at, volume, row);
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
        return records.batch(row, { ticker, at: at2.values, price: price.values, volume });
      },
    };
  },
};
