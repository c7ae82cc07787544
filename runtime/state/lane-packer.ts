import type { ValueOrder } from "../functions/compare-values.ts";
import { LongLane } from "../formats/columns/long-lane.ts";
import type { NullableBooleans } from "../formats/columns/nullable-booleans.ts";
import type { NullableNumbers } from "../formats/columns/nullable-numbers.ts";
import { NullableTexts, TextLane, Texts } from "../formats/columns/texts.ts";
import { Longs } from "../formats/columns/longs.ts";
import { NullableLongs } from "../formats/columns/nullable-longs.ts";
import { rowTags } from "./row-tags.ts";

/** A column of a reader's batch. */
export type ReaderLane = Float64Array | Uint8Array | NullableNumbers | NullableBooleans | LongLane | TextLane | { get(row: number): unknown };

/** A lane for each column of a row. */
export type LanesOf<Row> = { readonly [Name in keyof Row]: ReaderLane };

/** Kinds of lanes. */
const text = 0;
const long = 1;
const number = 2;
const other = 3;

/** Bytes that a value takes at most that is no text, and those before a text. */
const fieldRoom = 9;

/** Bytes behind a row that may be written to before those of the next. */
const slack = 8;

/**
 * Packs rows of a batch as they stand in the reader's lanes, in the form that a `RowEncoder` gives a record of the columns: texts are copied as bytes, and no object
 * is made. What is rare (a text with escapes, a long beyond 2^53, binary) is left to the encoder.
 */
export class LanePacker {
  readonly #names: readonly string[];
  readonly #lanes: readonly ReaderLane[];
  /** By column: `text`, `long`, `number` or `other`, and the place among the lanes of that kind. */
  readonly #kinds: Uint8Array;
  readonly #places: Int32Array;
  readonly #texts: readonly TextLane[];
  readonly #longs: readonly LongLane[];
  readonly #numbers: readonly Float64Array[];
  readonly #others: readonly ReaderLane[];
  readonly #room: number;

  /** By column, in the order in which they are packed. */
  constructor(lanes: readonly (readonly [name: string, lane: ReaderLane])[]) {
    this.#names = lanes.map(([name]) => name);
    this.#lanes = lanes.map(([, lane]) => lane);
    this.#texts = this.#lanes.filter((lane) => lane instanceof TextLane);
    this.#longs = this.#lanes.filter((lane) => lane instanceof LongLane);
    this.#numbers = this.#lanes.filter((lane) => lane instanceof Float64Array);
    this.#others = this.#lanes.filter((lane) => kindOf(lane) === other);
    const kinds = this.#lanes.map(kindOf);
    this.#kinds = Uint8Array.from(kinds);
    this.#places = Int32Array.from(kinds, (kind, column) => kinds.slice(0, column).filter((before) => before === kind).length);
    this.#room = 1 + lanes.length * fieldRoom + slack;
  }

  /** Whether a column is packed from this lane. */
  isOf(column: number, lane: ReaderLane): boolean {
    return this.#lanes[column] === lane;
  }

  /** How many bytes there must be for `pack`. */
  roomFor(row: number): number {
    let room = this.#room;
    const texts = this.#texts;
    for (let at = 0; at < texts.length; at++) {
      const { starts, ends } = texts[at]!;
      const start = starts[row]!;
      if (start >= 0) room += ends[row]! - start;
    }
    return room;
  }

  /** Writes a row from `start` on and gives where it ends; −1 where it holds what is rare: nothing of it is there then. */
  pack(row: number, bytes: Uint8Array, view: DataView, start: number): number {
    const kinds = this.#kinds;
    let at = start;
    bytes[at++] = rowTags.true;
    for (let column = 0; column < kinds.length && at >= 0; column++) {
      const kind = kinds[column]!;
      const place = this.#places[column]!;
      if (kind === text) at = packText(this.#texts[place]!, row, bytes, view, at);
      else if (kind === long) at = packLong(this.#longs[place]!, row, bytes, view, at);
      else if (kind === number) at = packNumber(this.#numbers[place]![row]!, rowTags.numberPositive, bytes, view, at);
      else at = packOther(this.#others[place]!, row, bytes, view, at);
    }
    return at;
  }

  /** The order of two rows by their content, column by column. */
  compare(left: number, right: number, columns: readonly { readonly order: ValueOrder }[]): number {
    for (let column = 0; column < columns.length; column++) {
      const found = this.#compareFast(column, left, right);
      if (found === 0) continue;
      if (found === found) return found;
      const lane = this.#lanes[column]!;
      const order = columns[column]!.order.compare(valueAt(lane, left), valueAt(lane, right));
      if (order !== 0) return order;
    }
    return 0;
  }

  /** The order of two values that are numbers, or 0 where texts are the same; NaN where it takes more to say. */
  #compareFast(column: number, left: number, right: number): number {
    const place = this.#places[column]!;
    switch (this.#kinds[column]) {
      case text:
        return isSameText(this.#texts[place]!, left, right) ? 0 : NaN;
      case long:
        return compareNumbers(this.#longs[place]!.values, left, right);
      case number:
        return compareNumbers(this.#numbers[place]!, left, right);
      default:
        return NaN;
    }
  }

  /** A row as an object, for the encoder. */
  rowAt(row: number): object {
    return Object.fromEntries(this.#names.map((name, column) => [name, valueAt(this.#lanes[column]!, row)]));
  }
}

function kindOf(lane: ReaderLane): number {
  return lane instanceof TextLane ? text : lane instanceof LongLane ? long : lane instanceof Float64Array ? number : other;
}

/** NaN stands for another value. */
function compareNumbers(values: Float64Array, left: number, right: number): number {
  const a = values[left]!;
  const b = values[right]!;
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
}

function isSameText({ starts, ends, chunk: { bytes } }: TextLane, left: number, right: number): boolean {
  const start = starts[left]!;
  const other = starts[right]!;
  const length = ends[left]! - start;
  if (start < 0 || other < 0 || ends[right]! - other !== length) return false;
  for (let at = 0; at < length; at++) if (bytes[start + at] !== bytes[other + at]) return false;
  return true;
}

function packText({ starts, ends, chunk }: TextLane, row: number, bytes: Uint8Array, view: DataView, start: number): number {
  const from = starts[row]!;
  let at = start;
  if (from < 0) {
    if (from === -1) return -1;
    bytes[at] = rowTags.null;
    return at + 1;
  }
  const length = ends[row]! - from;
  if (length < 64) {
    bytes[at++] = rowTags.shortText + length;
  } else {
    bytes[at++] = rowTags.text;
    let rest = length;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest & 0x7f) | 0x80;
    bytes[at++] = rest;
  }
  copyUtf8(chunk.view, from, from + length, view, at);
  return at + length;
}

/** Copies a text, eight bytes at a time as a number, the last eight of them again where they do not come out even: UTF-8 makes no NaN, whose bits might not stay. */
function copyUtf8(from: DataView, start: number, end: number, to: DataView, at: number): void {
  let next = start;
  let put = at;
  for (; next + 8 <= end; next += 8, put += 8) to.setFloat64(put, from.getFloat64(next, true), true);
  if (next === end) return;
  if (end - start >= 8) to.setFloat64(put - (next + 8 - end), from.getFloat64(end - 8, true), true);
  else for (; next < end; next++, put++) to.setUint8(put, from.getUint8(next));
}

function packLong(lane: LongLane, row: number, bytes: Uint8Array, view: DataView, at: number): number {
  const value = lane.values[row]!;
  if (value === value) return packNumber(value, rowTags.longPositive, bytes, view, at);
  if (lane.wide.size > 0 && lane.wide.has(row)) return -1;
  bytes[at] = rowTags.null;
  return at + 1;
}

/** `tag`: that of a number above or equal to zero; that of one below is eight more. */
function packNumber(value: number, tag: number, bytes: Uint8Array, view: DataView, at: number): number {
  const small = value | 0;
  if (small === value && small > 0) {
    const count = (39 - Math.clz32(small)) >> 3;
    bytes[at] = tag + count;
    view.setInt32(at + 1, small, true);
    return at + 1 + count;
  }
  if (!Number.isSafeInteger(value) || (value === 0 && 1 / value < 0)) {
    bytes[at] = rowTags.double;
    view.setFloat64(at + 1, value === value ? value : Number.NaN, true);
    return at + 9;
  }
  const whole = Math.abs(value);
  const low = whole >>> 0;
  const high = (whole - low) / 2 ** 32;
  view.setInt32(at + 1, low, true);
  view.setInt32(at + 5, high, true);
  const count = high > 0 ? 4 + ((39 - Math.clz32(high)) >> 3) : (39 - Math.clz32(low)) >> 3;
  bytes[at] = (value < 0 ? tag + 8 : tag) + count;
  return at + 1 + count;
}

function packOther(lane: ReaderLane, row: number, bytes: Uint8Array, view: DataView, at: number): number {
  const value = valueAt(lane, row);
  if (typeof value === "number") return packNumber(value, rowTags.numberPositive, bytes, view, at);
  if (value !== null && typeof value !== "boolean") return -1;
  bytes[at] = value === null ? rowTags.null : value ? rowTags.true : rowTags.false;
  return at + 1;
}

function valueAt(lane: ReaderLane, row: number): unknown {
  if (lane instanceof Float64Array) return lane[row];
  if (lane instanceof Uint8Array) return lane[row] === 1;
  if (lane instanceof Texts || lane instanceof NullableTexts) return lane.text(row);
  if (lane instanceof Longs || lane instanceof NullableLongs || !(lane instanceof LongLane || lane instanceof TextLane)) return lane.get(row);
  throw new TypeError("a lane without values");
}
