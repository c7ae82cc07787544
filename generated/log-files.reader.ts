// Emitted from log-files.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import { csvFraming, CsvRecords, NullableLongs, Numbers, type ReaderDefinition, Texts } from "../runtime/index.ts";

/** Columns of requests that the job reads. */
export interface RequestsColumns {
  readonly address: Texts;
  readonly time: Float64Array;
  readonly method: Texts;
  readonly endpoint: Texts;
  readonly status: Float64Array;
  readonly agent: Texts;
}

/** Reads requests: address, time, method, endpoint, status, bytes, agent of each CSV record. */
export const requestsReader: ReaderDefinition<RequestsColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["address", "string"],
      ["time", "timestamp"],
      ["method", "string"],
      ["endpoint", "string"],
      ["status", "int"],
      ["bytes", "long?"],
      ["agent", "string"],
    ], { nullValue: "-" });
    const address = records.lane("address", new Texts(records.text));
    const time = records.lane("time", new Numbers());
    const method = records.lane("method", new Texts(records.text));
    const endpoint = records.lane("endpoint", new Texts(records.text));
    const status = records.lane("status", new Numbers());
    const agent = records.lane("agent", new Texts(records.text));

    // Rows for which status >= 500 and not agent like "Crawler%".
    function keeps(row: number): boolean {
      return status.values[row] >= 500 && !agent.text(row).startsWith("Crawler");
    }

    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start, next = start; at < end; at = next) {
          next = records.decode(at, row);
          if (!records.hasRow) continue;
          records.accept(at, row);
          if (keeps(row)) row++;
        }
        return records.batch(row, { address, time: time.values, method, endpoint, status: status.values, agent });
      },
    };
  },
};

/** Columns of requests that the job reads. */
export interface RequestsForEndpointsColumns {
  readonly address: Texts;
  readonly method: Texts;
  readonly endpoint: Texts;
  readonly bytes: NullableLongs;
}

/** Reads requests: address, time, method, endpoint, status, bytes, agent of each CSV record. */
export const requestsForEndpointsReader: ReaderDefinition<RequestsForEndpointsColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["address", "string"],
      ["time", "timestamp"],
      ["method", "string"],
      ["endpoint", "string"],
      ["status", "int"],
      ["bytes", "long?"],
      ["agent", "string"],
    ], { nullValue: "-" });
    const address = records.lane("address", new Texts(records.text));
    const method = records.lane("method", new Texts(records.text));
    const endpoint = records.lane("endpoint", new Texts(records.text));
    const bytes = records.lane("bytes", new NullableLongs());

    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start, next = start; at < end; at = next) {
          next = records.decode(at, row);
          if (!records.hasRow) continue;
          records.accept(at, row);
          row++;
        }
        return records.batch(row, { address, method, endpoint, bytes });
      },
    };
  },
};

/** Columns of requests that the job reads. */
export interface RequestsForRepliesColumns {
  readonly method: Texts;
  readonly status: Float64Array;
  readonly bytes: NullableLongs;
}

/** Reads requests: address, time, method, endpoint, status, bytes, agent of each CSV record. */
export const requestsForRepliesReader: ReaderDefinition<RequestsForRepliesColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["address", "string"],
      ["time", "timestamp"],
      ["method", "string"],
      ["endpoint", "string"],
      ["status", "int"],
      ["bytes", "long?"],
      ["agent", "string"],
    ], { nullValue: "-" });
    const method = records.lane("method", new Texts(records.text));
    const status = records.lane("status", new Numbers());
    const bytes = records.lane("bytes", new NullableLongs());

    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start, next = start; at < end; at = next) {
          next = records.decode(at, row);
          if (!records.hasRow) continue;
          records.accept(at, row);
          row++;
        }
        return records.batch(row, { method, status: status.values, bytes });
      },
    };
  },
};

/** Columns of requests that the job reads. */
export interface RequestsForHoursColumns {
  readonly time: Float64Array;
  readonly method: Texts;
  readonly status: Float64Array;
  readonly agent: Texts;
}

/** Reads requests: address, time, method, endpoint, status, bytes, agent of each CSV record. */
export const requestsForHoursReader: ReaderDefinition<RequestsForHoursColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["address", "string"],
      ["time", "timestamp"],
      ["method", "string"],
      ["endpoint", "string"],
      ["status", "int"],
      ["bytes", "long?"],
      ["agent", "string"],
    ], { nullValue: "-" });
    const time = records.lane("time", new Numbers());
    const method = records.lane("method", new Texts(records.text));
    const status = records.lane("status", new Numbers());
    const agent = records.lane("agent", new Texts(records.text));

    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start, next = start; at < end; at = next) {
          next = records.decode(at, row);
          if (!records.hasRow) continue;
          records.accept(at, row);
          row++;
        }
        return records.batch(row, { time: time.values, method, status: status.values, agent });
      },
    };
  },
};
