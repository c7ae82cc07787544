import { grownCapacity } from "./grown-capacity.ts";

/** A number column that may be null: NaN in `values` is null unless `isNaN` says that the number itself is NaN. */
export class NullableNumbers {
  values = new Float64Array(0);
  /** 1 where a NaN in `values` is the number NaN. */
  #isNaN = new Uint8Array(0);
  #anyNaN = false;

  get(row: number): number | null {
    const value = this.values[row]!;
    return value === value ? value : this.#isNaN[row] === 1 ? NaN : null;
  }

  /** Makes rows below `rows` exist and forgets the last batch. */
  ensure(rows: number): void {
    if (this.values.length < rows) {
      const capacity = grownCapacity(rows);
      this.values = new Float64Array(capacity);
      this.#isNaN = new Uint8Array(capacity);
    } else if (this.#anyNaN) {
      this.#isNaN.fill(0);
    }
    this.#anyNaN = false;
  }

  put(row: number, value: unknown): void {
    if (value === null) {
      this.putNull(row);
      return;
    }
    const number = Number(value);
    this.values[row] = number;
    if (number !== number) {
      this.#isNaN[row] = 1;
      this.#anyNaN = true;
    }
  }

  putNull(row: number): void {
    this.values[row] = NaN;
    if (this.#anyNaN) this.#isNaN[row] = 0;
  }
}
