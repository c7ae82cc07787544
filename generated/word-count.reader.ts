// Emitted from word-count.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import { type ReaderDefinition, TextRecords, Texts } from "../runtime/index.ts";

/** Columns of lines that the job reads. */
export interface LinesColumns {
  readonly value: Texts;
}

/** Reads lines: each line is one text. */
export const linesReader: ReaderDefinition<LinesColumns> = {
  create(context) {
    const records = new TextRecords(context);
    const value2 = records.lane("value", new Texts(records.text));

    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; at = records.next) {
          if (!records.read(at, row, value2)) continue;
          row++;
        }
        return records.batch(row, { value: value2 });
      },
    };
  },
};
