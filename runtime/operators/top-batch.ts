import type { Weight } from "../changelog/change.ts";
import { intList } from "./number-list.ts";
import type { LanesOf } from "../state/lane-packer.ts";
import type { RankedChange, RankedUpsert, Top, TopOfLanes } from "./top.ts";
import type { TopRanks } from "./top-ranks.ts";

const noRows: readonly never[] = [];

/**
 * What a `top` gives of a batch. What was shown of a key is what its rows gave when the first row of the batch reached it: so much is kept until the
 * batch has ended, and nothing of it is stored. Keys are numbers, which stay while the batch runs.
 */
export abstract class TopBatch<Row extends object, By> implements Top<Row, By> {
  protected readonly ranks: TopRanks<Row>;
  /** Keys that rows of the batch reached, in that order; of each its rows of before, one key's after the other's, and where they end. */
  readonly #touched = intList();
  readonly #ends = intList();
  #before: Row[] = [];
  #isRebuilding = false;

  constructor(ranks: TopRanks<Row>) {
    this.ranks = ranks;
  }

  abstract isLate(time: number | null): boolean;
  abstract admits(key: readonly unknown[], by: By): boolean;
  abstract add(key: readonly unknown[], row: Row): void;
  abstract change(weight: Weight, key: readonly unknown[], row: Row): void;
  /** The first rows of a key, in order. */
  protected abstract firstOf(key: number): readonly Row[];
  /** Every key, in the order of keys. */
  protected abstract allKeys(): Int32Array;
  /** The keys that the batch closes, in the order of keys. */
  protected abstract closedKeys(): Int32Array;

  from(_lanes: LanesOf<Row>): TopOfLanes {
    throw new TypeError("a top that keeps its rows as objects takes no lanes");
  }

  changes(): Iterable<RankedChange<Row>> {
    if (this.#isRebuilding) return [];
    return this.#difference();
  }

  shown(): Iterable<RankedChange<Row>> {
    return this.#isRebuilding ? this.snapshot() : this.changes();
  }

  *upserts(): Iterable<RankedUpsert<Row>> {
    if (this.#isRebuilding) {
      for (const { row, rank } of this.snapshot()) yield { kind: "+I", row, rank };
      return;
    }
    let start = 0;
    for (let at = 0; at < this.#touched.length; at++) {
      const end = this.#ends.at(at);
      const now = this.firstOf(this.#touched.at(at));
      for (let place = 0; place < Math.max(end - start, now.length); place++) {
        const before = start + place < end ? this.#before[start + place]! : undefined;
        const row = now[place];
        if (row === undefined) {
          if (before !== undefined) yield { kind: "-D", row: before, rank: place + 1 };
        } else if (before === undefined) {
          yield { kind: "+I", row, rank: place + 1 };
        } else if (row !== before && this.ranks.compare(row, before) !== 0) {
          yield { kind: "+U", row, rank: place + 1 };
        }
      }
      start = end;
    }
  }

  snapshot(): Iterable<RankedChange<Row>> {
    return this.#rowsOf(this.allKeys());
  }

  closed(): Iterable<RankedChange<Row>> {
    return this.#isRebuilding ? [] : this.#rowsOf(this.closedKeys());
  }

  /** Starts a batch: no key has changed yet. */
  protected begin(isRebuilding: boolean): void {
    this.#isRebuilding = isRebuilding;
    this.#touched.clear();
    this.#ends.clear();
    this.#before = [];
  }

  /** Notes that the rows of a key are about to change, for the first time in the batch. */
  protected noteBefore(key: number, rows: readonly Row[]): void {
    for (const row of rows) this.#before.push(row);
    this.#touched.push(key);
    this.#ends.push(this.#before.length);
  }

  /** Key by key, so that few changes are there at a time. */
  *#difference(): Iterable<RankedChange<Row>> {
    const found: RankedChange<Row>[] = [];
    let start = 0;
    for (let at = 0; at < this.#touched.length; at++) {
      const end = this.#ends.at(at);
      this.ranks.changes(start === end ? noRows : this.#before.slice(start, end), this.firstOf(this.#touched.at(at)), found);
      yield* found;
      found.length = 0;
      start = end;
    }
  }

  #rowsOf(keys: Int32Array): readonly RankedChange<Row>[] {
    const found: RankedChange<Row>[] = [];
    for (const key of keys) this.ranks.give(this.firstOf(key), 1, found);
    return found;
  }
}
