import { csvDialect, type CsvDialect } from "../../csv/csv-dialect.ts";
import type { CsvOptions } from "../../csv/csv-options.ts";
import { CsvScanner } from "../../csv/csv-scanner.ts";
import { csvValue, type CsvValue } from "../../csv/csv-value.ts";
import type { Chunk, ReaderContext } from "../../column-batch.ts";
import { TextLane } from "../../columns/texts.ts";
import type { TypeDescriptor } from "../../type-descriptor.ts";
import { descriptorText, valueType, type ValueType } from "../../value-type.ts";
import { chunkIsUtf8 } from "../chunk-encoding.ts";
import { deviates } from "../json/deviates.ts";
import type { ReadColumn } from "../json/record-keys.ts";
import { LineRecords } from "../line-records.ts";
import type { ReadLane } from "../read-lane.ts";
import { placesInHeader, type ColumnPlaces } from "./csv-header.ts";
import { endOfCsvRecord } from "./end-of-csv-record.ts";
import { skipCsvField } from "./scan-field.ts";

/** A declared column; the type of one whose fields decide whether a record is malformed. */
export type CsvField = readonly [name: string, type?: TypeDescriptor];

/** How the exact decoder takes a column. */
interface Column {
  readonly name: string;
  readonly type: ValueType;
  readonly value: CsvValue;
  lane: ReadLane | undefined;
}

/**
 * What an emitted reader of CSV leaves to the runtime: headers, columns in another order, and, record by record, the exact decoding of
 * whatever deviates from what the reader speculates on. A record has as many fields as there are columns, else it is malformed.
 */
export class CsvRecords extends LineRecords {
  /** After `decode`: whether the record is a row. */
  hasRow = false;
  /** Whether the records of this chunk have the declared columns in the declared order. */
  inOrder = true;
  readonly #columns: readonly (Column | undefined)[];
  readonly #names: readonly string[];
  readonly #options: CsvOptions;
  #scanner: CsvScanner;
  readonly #dialect: CsvDialect;
  readonly #separator: number;
  readonly #comment: number;
  #places: ColumnPlaces;
  #knowsLanes = false;
  /** The header of the file is still to come: comments and blank lines may stand before it, also more than a chunk of them. */
  #awaitsHeader = false;
  #scansMessages = false;

  constructor(context: ReaderContext, fields: readonly CsvField[], options: CsvOptions = {}) {
    super(context, 2);
    const dialect = csvDialect(options);
    this.#options = options;
    this.#dialect = dialect;
    this.#scanner = new CsvScanner(dialect);
    this.#separator = dialect.separator[0] ?? 44;
    this.#comment = dialect.comment;
    this.#names = fields.map(([name]) => name);
    this.#columns = fields.map(([name, descriptor]) => {
      if (descriptor === undefined) return undefined;
      const type = valueType(descriptor);
      return { name, type, value: csvValue(type, options, options.timeZone ?? "UTC"), lane: undefined };
    });
    this.#places = this.#names.map((_, number) => number);
  }

  override begin(chunk: Chunk): this {
    super.begin(chunk);
    if (!chunkIsUtf8()) this.plainEnd = 0;
    if (chunk.messages !== undefined && !this.#scansMessages) this.#scanMessages();
    if (this.hasByteOrderMark(this.start)) this.start += 3;
    // Messages have no header.
    if (chunk.offset === 0) this.#awaitsHeader = this.#options.header === true && chunk.messages === undefined;
    if (this.#awaitsHeader) this.#readHeader(chunk.origin);
    return this;
  }

  /** Reads the record at `at` whose columns stand where the file's header says; gives the next record's start. */
  readByHeader(at: number, row: number, readColumn: ReadColumn): number {
    const { bytes, view } = this;
    const separator = this.#separator;
    const places = this.#places;
    for (let place = 0; place < places.length; place++) {
      if (place > 0 && bytes[at++] !== separator) return deviates;
      const column = places[place]!;
      at = column < 0 ? skipCsvField(bytes, view, at, separator) : readColumn(column, bytes, view, at, row);
      if (at < 0) return deviates;
    }
    return endOfCsvRecord(bytes, at);
  }

  /** Decodes the record at `at` exactly, into `row` of the lanes where it is a row (`hasRow`); gives the next record's start. */
  decode(at: number, row: number): number {
    const scanner = this.#scanner;
    if (this.messages !== undefined) return this.#decodeMessage(at, row, this.messages.refusal(this.messages.at(at)));
    scanner.scan(this.bytes, at, this.end);
    this.hasRow = !scanner.isBlank(this.bytes, at);
    if (!this.hasRow) return scanner.next;
    this.#take(at, row, this.#problem(at, row));
    return scanner.next;
  }

  /** Quoted fields of a message may hold line ends, whatever is said of files: it is known where a message ends. */
  #scanMessages(): void {
    this.#scansMessages = true;
    this.#scanner = new CsvScanner({ ...this.#dialect, multiLine: true });
  }

  /** A message is one record, whatever lines it has. */
  #decodeMessage(at: number, row: number, refusal: string | undefined): number {
    const scanner = this.#scanner;
    const end = this.lineEnd(at);
    scanner.scan(this.bytes, at, end);
    const isBlank = refusal === undefined && scanner.isBlank(this.bytes, at);
    this.hasRow = !isBlank || this.bytes[at] !== this.#comment;
    if (!this.hasRow) return end + 1;
    const problem = refusal ?? (isBlank ? "the value is empty" : scanner.end < end ? "the message holds more than one record" : this.#problem(at, row));
    this.#take(at, row, problem);
    return end + 1;
  }

  /** The record at `at` is a row unless something is wrong with it. */
  #take(at: number, row: number, problem: string | undefined): void {
    if (problem === undefined) return;
    this.hasRow = this.malformedAsNull;
    if (this.hasRow) for (const { lane } of this.lanes) lane.put(row, null);
    else this.refuse(at, this.#scanner.end, problem);
  }

  protected override recordEnd(at: number): number {
    if (this.messages !== undefined) return super.recordEnd(at);
    this.#scanner.scan(this.bytes, at, this.end);
    return this.#scanner.end;
  }

  /** Puts the scanned record's values into `row`; what is wrong with it, if anything is. */
  #problem(at: number, row: number): string | undefined {
    const scanner = this.#scanner;
    if (!chunkIsUtf8() && !this.isText(at, scanner.end)) return "the record is not valid UTF-8";
    if (scanner.isUnclosed) return "a quote is not closed";
    const places = this.#places;
    if (scanner.count !== places.length) return `the record has ${counted(scanner.count)}, where ${places.length} ${places.length === 1 ? "is" : "are"} expected`;
    this.#findLanes();
    for (let place = 0; place < places.length; place++) {
      const column = this.#columns[places[place]!];
      const problem = column === undefined ? undefined : this.#readField(column, place, row);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #readField(column: Column, place: number, row: number): string | undefined {
    const scanner = this.#scanner;
    const text = scanner.text(this.buffer, place);
    const value = column.value(text, scanner.quoted[place] === true);
    if (value === undefined) return `the column \`${column.name}\` is ${shown(text)}, which is no ${descriptorText({ ...column.type, nullable: false })}`;
    if (value === null && !column.type.nullable) return `the column \`${column.name}\` is null`;
    const { lane } = column;
    if (lane instanceof TextLane && value === text && scanner.escaped[place] !== true) {
      lane.starts[row] = scanner.starts[place]!;
      lane.ends[row] = scanner.ends[place]!;
    } else {
      lane?.put(row, value);
    }
    return undefined;
  }

  /** Lanes are entered after the columns are known. */
  #findLanes(): void {
    if (this.#knowsLanes) return;
    this.#knowsLanes = true;
    const lanes = new Map(this.lanes.map(({ name, lane }) => [name, lane]));
    for (const column of this.#columns) if (column !== undefined) column.lane = lanes.get(column.name);
  }

  #readHeader(origin: string): void {
    const scanner = this.#scanner;
    while (this.start < this.end) {
      const at = this.start;
      scanner.scan(this.bytes, at, this.end);
      this.start = Math.min(scanner.next, this.end);
      if (scanner.isBlank(this.bytes, at)) continue;
      this.#awaitsHeader = false;
      if (this.#options.enforceSchema === true) return;
      const names = Array.from({ length: scanner.count }, (_, field) => scanner.text(this.buffer, field));
      this.#places = placesInHeader(names, this.#names, origin);
      this.inOrder = this.#places.length === this.#names.length && this.#places.every((column, place) => column === place);
      return;
    }
  }
}

function counted(fields: number): string {
  return fields === 1 ? "1 field" : `${fields} fields`;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
