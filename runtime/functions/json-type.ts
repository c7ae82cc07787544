import { type DatetimeFormats, datetimeFormats } from "../formats/datetime-formats.ts";
import type { JsonSyntax } from "../formats/json/json-options.ts";
import type { TypeDescriptor, ValueOf } from "../formats/type-descriptor.ts";
import { valueType, type ValueType } from "../formats/value-type.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { utc } from "../time/zone.ts";
import { timestampFormat, type TimestampFormat } from "./datetime/timestamp-format.ts";

/** The type of a JSON text's value, read once for the module; `T` is its type in TypeScript. */
export interface JsonType<T> {
  readonly type: ValueType;
  /** The zone of timestamps that name none. */
  readonly zone: TimeZone;
  readonly options: JsonTextOptions;
  /** How dates and timestamps are read that are written by a pattern. */
  readonly formats: DatetimeFormats;
  /** How timestamps are written. */
  readonly timestamps: TimestampFormat;
  /** How dates are written, where by a pattern. */
  readonly dates: TimestampFormat | undefined;
  /** Never set: it only ties `T` to the value. */
  readonly of?: T;
}

/** Options of `from_json` and `to_json`; the names and defaults are Spark's (JSONOptions). */
export interface JsonTextOptions extends JsonSyntax {
  /** `FAILFAST`: a text that does not fit fails the row. */
  readonly mode?: string;
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  /** Of writing: whether fields that are null are left out, as they are where this is not given. */
  readonly ignoreNullFields?: boolean;
}

/** Reads a descriptor for `fromJson` and `toJson`. */
export function jsonType<const D extends TypeDescriptor>(descriptor: D, zone: TimeZone = utc): JsonType<ValueOf<D>> {
  return jsonTypeWith(descriptor, {}, zone);
}

/** The same with options, which the compiler has checked. */
export function jsonTypeWith<const D extends TypeDescriptor>(descriptor: D, options: JsonTextOptions, zone: TimeZone = utc): JsonType<ValueOf<D>> {
  return {
    type: valueType(descriptor),
    zone,
    options,
    formats: datetimeFormats(options, zone),
    timestamps: timestampFormat(options.timestampFormat ?? "yyyy-MM-dd'T'HH:mm:ss.SSSXXXXX", zone),
    dates: options.dateFormat === undefined ? undefined : timestampFormat(options.dateFormat, utc),
  };
}
