import { grown } from "./grown.ts";
import { NumberPool } from "./number-pool.ts";
import { TouchedSlots } from "./touched-slots.ts";

/**
 * Rows by number, each with the key that it belongs to and how often it is there. A row that is gone keeps its number as long as the stored state has it, until
 * its entry is taken away; then the next row takes the number over.
 */
export class CountedRows<Row> {
  /** By number; undefined where the number is free. */
  readonly rows: (Row | undefined)[] = [];
  /** Rows whose entries change with the next delta. */
  readonly touched = new TouchedSlots();
  readonly #numbers = new NumberPool();
  #size = 0;
  #keyOf = new Int32Array(64);
  #counts = new Int32Array(64);
  #isStored = new Uint8Array(64);

  /** How many there are, equal ones counted once. */
  get size(): number {
    return this.#size;
  }

  row(number: number): Row {
    return this.rows[number]!;
  }

  keyOf(number: number): number {
    return this.#keyOf[number]!;
  }

  countOf(number: number): number {
    return this.#counts[number]!;
  }

  /** A row that is there once. */
  begin(key: number, row: Row): number {
    const number = this.#newNumber(row);
    this.#keyOf[number] = key;
    this.#counts[number] = 1;
    this.#isStored[number] = 0;
    this.#size++;
    this.touched.add(number);
    return number;
  }

  restore(key: number, row: Row, count: number): number {
    const number = this.#newNumber(row);
    this.#keyOf[number] = key;
    this.#counts[number] = count;
    this.#isStored[number] = 1;
    this.#size++;
    return number;
  }

  /** Changes how often a row is there; with 0 it is gone. Whether its number is free. */
  setCount(number: number, count: number): boolean {
    this.#counts[number] = count;
    this.touched.add(number);
    if (count > 0) return false;
    this.#size--;
    if (this.#isStored[number] === 1) return false;
    this.#end(number);
    return true;
  }

  /** Notes that the stored state has what there is of a row: nothing where it is gone. Whether its number is free. */
  setStored(number: number): boolean {
    const isGone = this.#counts[number] === 0;
    this.#isStored[number] = isGone ? 0 : 1;
    if (isGone) this.#end(number);
    return isGone;
  }

  /** The numbers of the rows that are there. */
  *numbers(): Iterable<number> {
    for (let number = 0; number < this.#numbers.end; number++) if (this.rows[number] !== undefined && this.#counts[number]! > 0) yield number;
  }

  clear(): void {
    this.rows.length = 0;
    this.touched.clear();
    this.#numbers.clear();
    this.#size = 0;
  }

  #end(number: number): void {
    this.rows[number] = undefined;
    this.#numbers.giveBack(number);
  }

  #newNumber(row: Row): number {
    const number = this.#numbers.take();
    this.rows[number] = row;
    if (number >= this.#keyOf.length) {
      this.#keyOf = grown(this.#keyOf, number + 1);
      this.#counts = grown(this.#counts, number + 1);
      this.#isStored = grown(this.#isStored, number + 1);
    }
    return number;
  }
}
