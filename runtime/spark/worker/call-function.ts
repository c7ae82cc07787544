import { RecordBatch, RecordBatchReader, RecordBatchStreamWriter, Schema, Field, Struct, makeData, type DataType } from "apache-arrow";
import { RowError } from "../../errors/row-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";
import type { CrossingType } from "./crossing-type.ts";
import { readColumn } from "./read-column.ts";
import { writeColumn } from "./write-column.ts";

/** A function of a job, as the bundle of a program holds it. */
export interface ServedFunction {
  /** The types of the columns that cross. */
  readonly takes: readonly CrossingType[];
  /** The type of the result; of rows an array of records. */
  readonly gives: CrossingType;
  /** The function gives one row or none, which becomes an array. */
  readonly oneOrNone?: true;
  /** Calls it with the values of a row, converted as on Node. */
  readonly call: (...values: never[]) => unknown;
}

/** Calls a function for each row of an Arrow stream; what it gives is one too, of one column. `guarded`: the first column says for which rows it is called; the others' results are null. Throws an `Error` that names the function, what it threw, and the arguments. */
export function callFunction(name: string, { takes, gives, oneOrNone, call }: ServedFunction, guarded: boolean, request: Uint8Array): Uint8Array {
  const results: unknown[] = [];
  const columnTypes: readonly CrossingType[] = guarded ? [{ kind: "boolean" }, ...takes] : takes;
  for (const batch of RecordBatchReader.from(request)) {
    const columns = columnTypes.map((type, at) => {
      const data = batch.data.children[at];
      if (data === undefined) throw new TypeError(`\`${name}\` is called with ${batch.data.children.length} columns`);
      return readColumn(data, type);
    });
    const guard = guarded ? columns.shift() : undefined;
    for (let row = 0; row < batch.numRows; row++) {
      if (guard !== undefined && guard(row) !== true) {
        results.push(null);
        continue;
      }
      const values = columns.map((read) => read(row));
      try {
        const given = call(...(values as never[]));
        results.push(oneOrNone === true ? (given === null ? [] : [given]) : given);
      } catch (error) {
        const what = error instanceof RowError ? `${error.code}: ${error.message}` : `\`${name}\` failed: ${thrownMessage(error)}`;
        throw new Error(`${what}; it was called with ${shown(values)}`, { cause: error });
      }
    }
  }
  return written(writeColumn(results, gives));
}

function written(data: ReturnType<typeof writeColumn>): Uint8Array {
  const fields = [new Field("result", data.type, true)];
  const schema = new Schema<Record<string, DataType>>(fields);
  const batch = new RecordBatch(schema, makeData({ type: new Struct<Record<string, DataType>>(fields), length: data.length, nullCount: 0, children: [data] }));
  const writer = new RecordBatchStreamWriter<Record<string, DataType>>();
  writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}

/** The values of a row for a message, not too long. */
function shown(values: readonly unknown[]): string {
  const text = JSON.stringify(values, (_key, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    if (value instanceof Map) return Object.fromEntries(value as ReadonlyMap<string, unknown>);
    return value instanceof Uint8Array ? `${value.length} bytes` : value;
  });
  return text.length <= 400 ? text : `${text.slice(0, 400)}…`;
}
