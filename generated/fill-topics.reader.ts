// Emitted from fill-topics.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import { type ReaderDefinition, TextRecords, Texts } from "../runtime/index.ts";

/** Columns of log_files that the job reads. */
export interface LogFilesColumns {
  readonly value: Texts;
}

/** Reads log_files: each line is one text. */
export const log_filesReader: ReaderDefinition<LogFilesColumns> = {
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

/** Columns of order_files that the job reads. */
export interface OrderFilesColumns {
  readonly value: Texts;
}

/** Reads order_files: each line is one text. */
export const order_filesReader: ReaderDefinition<OrderFilesColumns> = {
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
