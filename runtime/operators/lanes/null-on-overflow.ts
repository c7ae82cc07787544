import type { Weight } from "../../changelog/change.ts";
import { RowError } from "../../errors/row-error.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

interface ResultLane<V, R> extends Lane {
  add(slot: number, value: V): void;
  get(slot: number): R;
}

interface ChangingResultLane<V, R> extends ResultLane<V, R> {
  change(slot: number, weight: Weight, value: V): void;
}

/** A sum or mean that is null once it has left its type, whatever comes after (Spark's TrySum and TryAverage). */
export class NullOnOverflowLane<V, R> implements Lane {
  readonly form: string;
  readonly #inner: ResultLane<V, R>;
  readonly #overflown = new Set<number>();

  constructor(inner: ResultLane<V, R>) {
    this.form = `nullOnOverflow ${inner.form}`;
    this.#inner = inner;
  }

  add(slot: number, value: V): void {
    if (!this.#overflown.has(slot)) this.#attempt(slot, () => { this.#inner.add(slot, value); });
  }

  get(slot: number): R | null {
    if (this.#overflown.has(slot)) return null;
    try {
      return this.#inner.get(slot);
    } catch (error) {
      if (error instanceof RowError) return null;
      throw error;
    }
  }

  ensure(capacity: number): void {
    this.#inner.ensure(capacity);
  }

  reset(slot: number): void {
    this.#overflown.delete(slot);
    this.#inner.reset(slot);
  }

  move(to: number, from: number): void {
    if (this.#overflown.delete(from)) this.#overflown.add(to);
    this.#inner.move(to, from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof NullOnOverflowLane) || from.form !== this.form) return foreignLane(this, from);
    const other: NullOnOverflowLane<V, R> = from;
    if (other.#overflown.has(fromSlot)) this.#overflow(slot);
    else if (!this.#overflown.has(slot)) this.#attempt(slot, () => { this.#inner.merge(slot, other.#inner, fromSlot); });
  }

  write(slot: number, out: RowWriter): void {
    out.writeBoolean(this.#overflown.has(slot));
    this.#inner.write(slot, out);
  }

  read(slot: number, row: RowReader): void {
    this.reset(slot);
    const isOverflown = row.readBoolean();
    this.#inner.read(slot, row);
    if (isOverflown) this.#overflow(slot);
  }

  #attempt(slot: number, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      this.#overflow(slot);
    }
  }

  #overflow(slot: number): void {
    this.#inner.reset(slot);
    this.#overflown.add(slot);
  }
}

/** A sum or mean of which values can be taken back, null while it has left its type: nothing overflows before the result is read. */
export class ChangingNullOnOverflowLane<V, R> extends NullOnOverflowLane<V, R> {
  readonly #changing: ChangingResultLane<V, R>;

  constructor(inner: ChangingResultLane<V, R>) {
    super(inner);
    this.#changing = inner;
  }

  change(slot: number, weight: Weight, value: V): void {
    this.#changing.change(slot, weight, value);
  }
}

/** The lane of `try_sum` and `try_avg`: that of `sum` or `avg` within. */
export function nullOnOverflow<V, R>(inner: ResultLane<V, R>): NullOnOverflowLane<V, R> {
  return new NullOnOverflowLane(inner);
}

/** The same where values may be taken back: of a lane that can. */
export function changingNullOnOverflow<V, R>(inner: ChangingResultLane<V, R>): ChangingNullOnOverflowLane<V, R> {
  return new ChangingNullOnOverflowLane(inner);
}
