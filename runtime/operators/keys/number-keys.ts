import { LongLane } from "../../formats/columns/long-lane.ts";
import { grown } from "../grown.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import type { KeyColumn } from "./key-column.ts";
import { tableSizeFor } from "./table-size.ts";

/** A second view of one double, for hashing its bits. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** Keys that are numbers: int, long, decimal, double, date, timestamp, duration, boolean. A hash table with open addressing. */
export class NumberKeys implements KeyColumn {
  readonly #form: "number" | "long" | "boolean";
  /** What a hash starts from, so that keys cannot be chosen to collide. */
  readonly #seed: number;
  /** By id. NaN where the value is null, NaN itself or a bigint (`#others` has those). */
  #values = new Float64Array(16);
  #size = 0;
  /** Ids plus one; 0 where a place is free. A small table stays in the processor's cache: so values are not kept in it too. */
  #table = new Int32Array(32);
  #mask = 31;
  /** Null, NaN and bigints, which are rare, by value and by id. */
  readonly #others = new Map<bigint | null | number, number>();
  readonly #otherValues = new Map<number, bigint | null | number>();

  constructor(form: "number" | "long" | "boolean", seed: number) {
    this.#form = form;
    this.#seed = seed | 1;
  }

  get size(): number {
    return this.#size;
  }

  idOf(value: unknown): number {
    if (typeof value === "number" && value === value) return this.#idOfNumber(value);
    if (value instanceof LongLane) return this.#idOfLane(value, value.keyRow);
    return this.#idOfOther(typeof value === "boolean" ? Number(value) : value);
  }

  #idOfNumber(value: number): number {
    const table = this.#table;
    const values = this.#values;
    let at = this.#hash(value);
    for (let entry = table[at]!; entry !== 0; entry = table[at]!) {
      if (values[entry - 1] === value) return entry - 1;
      at = (at + 1) & this.#mask;
    }
    return this.#insert(value, at);
  }

  #idOfLane(lane: LongLane, row: number): number {
    const value = lane.values[row]!;
    return value === value ? this.#idOfNumber(value) : this.#idOfOther(lane.wide.get(row) ?? null);
  }

  find(value: unknown): number {
    const number = typeof value === "boolean" ? Number(value) : value;
    if (typeof number !== "number" || number !== number) return this.#others.get(otherKey(number)) ?? -1;
    let at = this.#hash(number);
    for (let entry = this.#table[at]!; entry !== 0; entry = this.#table[at]!) {
      if (this.#values[entry - 1] === number) return entry - 1;
      at = (at + 1) & this.#mask;
    }
    return -1;
  }

  get(id: number): number | bigint | boolean | null {
    const value = this.#values[id]!;
    if (value === value) return this.#form === "boolean" ? value === 1 : value;
    return this.#otherValues.get(id) ?? null;
  }

  clear(): void {
    this.#size = 0;
    this.#table.fill(0);
    this.#others.clear();
    this.#otherValues.clear();
  }

  keep(ids: Int32Array): void {
    const others: (readonly [id: number, value: bigint | null | number])[] = [];
    ids.forEach((id, at) => {
      const value = this.#values[id]!;
      if (value !== value) others.push([at, this.#otherValues.get(id) ?? null]);
      this.#values[at] = value;
    });
    this.#others.clear();
    this.#otherValues.clear();
    for (const [id, value] of others) {
      this.#others.set(value, id);
      this.#otherValues.set(id, value);
    }
    this.#size = ids.length;
    this.#rehash();
  }

  write(id: number, out: RowWriter): void {
    const value = this.get(id);
    if (value === null) out.writeNull();
    else if (typeof value === "boolean") out.writeBoolean(value);
    else if (this.#form === "long" || typeof value === "bigint") out.writeLong(value);
    else out.writeNumber(value);
  }

  read(row: RowReader): number {
    if (row.readNull()) return this.idOf(null);
    return this.idOf(this.#form === "boolean" ? row.readBoolean() : this.#form === "long" ? row.readLong() : row.readNumber());
  }

  #hash(value: number): number {
    let hash = value | 0;
    if (hash !== value) {
      // −0.0 has become 0 above.
      double[0] = value;
      hash = words[0]! ^ Math.imul(words[1]!, 0x85ebca6b);
    }
    hash = Math.imul(hash ^ this.#seed, 0x9e3779b1);
    return (hash ^ (hash >>> 15)) & this.#mask;
  }

  #insert(value: number, at: number): number {
    const id = this.#newId(value + 0);
    this.#table[at] = id + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #newId(value: number): number {
    const id = this.#size++;
    if (id === this.#values.length) this.#values = grown(this.#values, id + 1);
    this.#values[id] = value;
    return id;
  }

  #rehash(): void {
    this.#table = new Int32Array(tableSizeFor(this.#size));
    this.#mask = this.#table.length - 1;
    for (let id = 0; id < this.#size; id++) {
      const value = this.#values[id]!;
      if (value !== value) continue;
      let at = this.#hash(value);
      while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
      this.#table[at] = id + 1;
    }
  }

  #idOfOther(value: unknown): number {
    if (typeof value === "number" && value === value) return this.idOf(value);
    const key = otherKey(value);
    const known = this.#others.get(key);
    if (known !== undefined) return known;
    const id = this.#newId(NaN);
    this.#others.set(key, id);
    this.#otherValues.set(id, key);
    return id;
  }
}

function otherKey(value: unknown): bigint | null | number {
  return typeof value === "bigint" ? value : typeof value === "number" ? NaN : null;
}
