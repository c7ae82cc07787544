import { type CsvDialect, csvDialect } from "../formats/csv/csv-dialect.ts";
import type { CsvOptions } from "../formats/csv/csv-options.ts";
import { csvValue, type CsvValue } from "../formats/csv/csv-value.ts";
import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import { type RecordValueType, valueType } from "../formats/value-type.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";

/** Options of `from_csv`: those of the format, and what happens to a text that does not fit. */
export interface CsvTextOptions extends CsvOptions {
  /** `FAILFAST`: a text that does not fit fails the row. */
  readonly mode?: string;
}

/** The type of a CSV text's record, read once for the module; `T` is its type in TypeScript. */
export interface CsvType<T> {
  readonly type: RecordValueType;
  /** How each field is read, in order. */
  readonly values: readonly CsvValue[];
  readonly dialect: CsvDialect;
  readonly failFast: boolean;
  /** Never set: it only ties `T` to the value. */
  readonly of?: T;
}

/** Reads a descriptor for `fromCsv`. `zone` is that of timestamps that name none. */
export function csvType<const D extends TypeDescriptor>(descriptor: D, options: CsvTextOptions = {}, zone: TimeZone = utc): CsvType<ValueOf<D>> {
  const type = valueType(descriptor);
  if (type.kind !== "record") throw new TypeError("a CSV text is read as a record");
  return {
    type,
    values: type.fields.map((field) => csvValue(field.type, options, zone.id)),
    dialect: csvDialect(options),
    failFast: options.mode?.toUpperCase() === "FAILFAST",
  };
}
