import type { ReaderContext } from "../../column-batch.ts";
import { toBuffer } from "../../compression/to-buffer.ts";
import { datetimeFormats } from "../../datetime-formats.ts";
import type { JsonOptions } from "../../json/json-options.ts";
import { decodeJsonText, type JsonDecodeOptions } from "../../json-decode.ts";
import type { FieldDescriptor } from "../../type-descriptor.ts";
import { valueType, type ValueType } from "../../value-type.ts";
import { LineRecords } from "../line-records.ts";
import { deviates } from "./deviates.ts";
import { RecordKeys, type ReadColumn } from "./record-keys.ts";

/** A record that was decoded exactly; undefined stands for a malformed one that is read as nulls. */
type DecodedRecord = Readonly<Record<string, unknown>> | undefined;

/**
 * What an emitted reader of JSON lines leaves to the runtime: records in another order or spacing than their producer's usual
 * one, and, record by record, the exact decoding of whatever deviates from what the reader speculates on. Both give
 * the same values; only the exact decoder says what is malformed.
 */
export class JsonRecords extends LineRecords {
  /** After `decode`: where the next line starts. */
  next = 0;
  readonly #record: ValueType;
  readonly #records: ValueType;
  readonly #keys: RecordKeys;
  readonly #required: readonly string[];
  /** Numbers of the needed columns that may not be missing. */
  readonly #requiredColumns: readonly number[];
  /** Records decoded and not yet stored, with where they start. */
  readonly #pending: { readonly at: number; readonly record: DecodedRecord }[] = [];
  readonly #columns: ReadonlyMap<string, number>;
  readonly #multiLine: boolean;
  readonly #options: JsonDecodeOptions;

  /** `needed`: the fields that decide whether a record is malformed; those that are read among them. */
  constructor(context: ReaderContext, needed: readonly FieldDescriptor[], options: JsonOptions = {}) {
    super(context, 2);
    this.#multiLine = options.multiLine === true;
    this.#options = { texts: "source", syntax: options, zone: options.timeZone ?? "UTC", formats: datetimeFormats(options, options.timeZone ?? "UTC") };
    const record = valueType({ record: needed });
    this.#record = record;
    this.#records = { kind: "array", element: record, nullable: false };
    const names = needed.map(([name]) => name);
    this.#keys = new RecordKeys(names);
    this.#required = record.kind === "record" ? record.fields.filter((field) => !field.type.nullable).map((field) => field.name) : [];
    this.#columns = new Map(names.map((name, at) => [name, at]));
    this.#requiredColumns = this.#required.map((name) => names.indexOf(name));
  }

  /** Reads the record at `at` with its keys in any order. Missing columns are null; gives the next line's start. */
  readAnyOrder(at: number, row: number, readColumn: ReadColumn): number {
    const next = this.#keys.read(this.bytes, this.view, at, row, readColumn);
    if (next < 0) return deviates;
    for (const column of this.#requiredColumns) if (!this.#keys.has(column)) return deviates;
    for (const { name, lane } of this.lanes) if (!this.#keys.has(this.#columns.get(name) ?? -1)) lane.put(row, null);
    return next;
  }

  /** Decodes the line at `at` exactly and gives how many rows it holds, each to be taken by `store`; `next` is the next line's start. */
  decode(at: number): number {
    this.#pending.length = 0;
    if (this.messages !== undefined) return this.#decodeMessage(at, this.messages.refusal(this.messages.at(at)));
    if (this.#multiLine) {
      this.next = this.end;
      this.#decodeLine(this.hasByteOrderMark(at) ? at + 3 : at, this.end);
      this.#pending.reverse();
      return this.#pending.length;
    }
    const lineFeed = this.lineEnd(at);
    this.next = lineFeed + 1;
    // A carriage return alone ends a line as well (org.apache.hadoop.util.LineReader).
    for (let start = this.hasByteOrderMark(at) ? at + 3 : at; start < lineFeed; ) {
      const carriageReturn = this.buffer.subarray(start, lineFeed).indexOf(13);
      const end = carriageReturn < 0 ? lineFeed : start + carriageReturn;
      this.#decodeLine(start, end);
      start = end + 1;
    }
    this.#pending.reverse();
    return this.#pending.length;
  }

  /** Puts the next decoded record into `row`. */
  store(row: number): void {
    const next = this.#pending.pop();
    if (next === undefined) return;
    this.accept(next.at, row);
    for (const { name, lane } of this.lanes) lane.put(row, next.record?.[name] ?? null);
  }

  protected override recordEnd(at: number): number {
    return this.#multiLine && this.messages === undefined ? this.end : super.recordEnd(at);
  }

  /** A message is a record, whether it is one line or not. Its line ends came as tabs, which in comments and texts are not the same: its value is decoded as it came. */
  #decodeMessage(at: number, refusal: string | undefined): number {
    const end = this.lineEnd(at);
    this.next = end + 1;
    if (refusal === undefined) this.#decodeLine(at, end, this.messages?.message(this.messages.at(at)).value ?? undefined);
    else this.#malformed(at, end, refusal);
    this.#pending.reverse();
    return this.#pending.length;
  }

  /** `original`: the bytes, where those of the chunk are not quite the same. */
  #decodeLine(start: number, end: number, original?: Uint8Array): void {
    if (!this.isText(start, end)) {
      this.#malformed(start, end, "the record is not valid UTF-8");
      return;
    }
    const text = original === undefined ? this.buffer.toString("utf8", start, end) : withoutByteOrderMark(toBuffer(original).toString("utf8"));
    // Spark reads an array of records on a line as so many rows; a message is one record.
    const several = /^[ \t\r\n]*\[/.test(text);
    if (several && this.messages !== undefined) {
      this.#malformed(start, end, "the message holds an array");
      return;
    }
    const { value, problem, blank } = decodeJsonText(text, several ? this.#records : this.#record, this.#options);
    if (blank) {
      if (this.messages !== undefined) this.#malformed(start, end, "the value is empty");
      return;
    }
    const found = problem ?? (value === null ? "the record is null" : undefined);
    if (found !== undefined) {
      this.#malformed(start, end, found);
      return;
    }
    const records = Array.isArray(value) ? value : [value];
    for (const record of records) {
      const fields = isRecord(record) ? record : {};
      const missing = this.#required.find((name) => (fields[name] ?? null) === null);
      if (missing !== undefined) this.#malformed(start, end, `the field \`${missing}\` is missing`);
      else this.#pending.push({ at: start, record: fields });
    }
  }

  #malformed(start: number, end: number, error: string): void {
    if (this.malformedAsNull) this.#pending.push({ at: start, record: undefined });
    else this.refuse(start, end, error);
  }
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
