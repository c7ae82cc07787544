import type { Weight } from "../../changelog/change.ts";
import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { aggregateStateWrong, userAggregateFailed } from "../../errors/user-aggregate-failed.ts";
import { detachText } from "../../formats/columns/detach-text.ts";
import { noRow } from "../../state/no-row.ts";
import type { RowReader, RowWriter } from "../../state/row-codec.ts";
import type { UserAggregate } from "../../user/aggregate.ts";
import { type CopyValue, copyOf, holdsText } from "../../user/copy-value.ts";
import { type UserCodec, userCodec, type UserType } from "../../user/value-codec.ts";
import { grown } from "../grown.ts";
import { foreignLane } from "./foreign-lane.ts";
import type { Lane } from "./lane.ts";

/** An aggregate of the user's as its lane calls it. The compiler has held the types of its state against each other. */
type OpenAggregate = UserAggregate<unknown, readonly unknown[], unknown>;

/** Values of a row; the empty one has an array literal read as a tuple. */
type Values = readonly unknown[] | [];

/** What is asked of an imported aggregate here: its own types tell those of the values and of the result. */
export interface ImportedAggregate<V extends Values, R> {
  init(): unknown;
  add(state: never, ...values: V): unknown;
  merge(a: never, b: never): unknown;
  result(state: never): R;
}

/** The same of one that can take values back; where its type leaves that open, the compiler has seen it. */
export interface InvertibleAggregate<V extends Values, R> extends ImportedAggregate<V, R> {
  retract?(state: never, ...values: V): unknown;
}

/** How an aggregate of the user's is kept. */
export interface UserAggregateSpec<V extends Values, R, Args extends readonly unknown[], Out> {
  /** For messages and in the state's schema. */
  readonly name: string;
  readonly state: UserType;
  /** What `add` is given for the values of a row; absent: those values. */
  readonly values?: (...args: Args) => NoInfer<V>;
  /** What a result becomes; absent: itself. */
  readonly result?: (result: NoInfer<R>) => Out;
}

/**
 * The state of an aggregate of the user's: a value at a slot. `add`, `retract` and `merge` may change it in place, so whatever else may still be read (a pane that several
 * windows are put together from, a state that is only asked for its result) is copied before.
 */
export class UserAggregateLane<Args extends readonly unknown[], Out> implements Lane {
  readonly form: string;
  protected readonly aggregate: OpenAggregate;
  protected readonly name: string;
  readonly #codec: UserCodec<unknown>;
  readonly #copy: CopyValue;
  readonly #keepsTexts: boolean;
  readonly #values: ((...args: Args) => readonly unknown[]) | undefined;
  readonly #result: ((result: unknown) => unknown) | undefined;
  readonly #states: unknown[] = [];
  /** Which slots have a state: one may be undefined. */
  #isThere: Uint8Array = new Uint8Array(0);

  constructor(aggregate: OpenAggregate, name: string, state: UserType, values: ((...args: Args) => readonly unknown[]) | undefined, result: ((result: unknown) => unknown) | undefined) {
    this.#codec = userCodec(state);
    this.form = `userAggregate ${name} ${this.#codec.text}`;
    this.aggregate = aggregate;
    this.name = name;
    this.#copy = copyOf(state) ?? ((value) => value);
    this.#keepsTexts = holdsText(state);
    this.#values = values;
    this.#result = result;
  }

  add(slot: number, ...args: Args): void {
    const values = this.valuesOf(args);
    const state = this.state(slot);
    try {
      this.set(slot, this.aggregate.add(state, ...values));
    } catch (error) {
      throw userAggregateFailed(this.name, "add", error);
    }
  }

  /** The result of a slot; of one without rows that of `init()`. */
  get(slot: number): Out {
    const state = this.#isThere[slot] === 1 ? this.#copy(this.#states[slot]) : this.#init();
    let result: unknown;
    try {
      result = this.aggregate.result(state);
    } catch (error) {
      throw userAggregateFailed(this.name, "result", error);
    }
    try {
      // What the definition says of `result` is what it gives.
      return (this.#result === undefined ? result : this.#result(result)) as Out;
    } catch (error) {
      // Where the state is no longer what its type says, `result` is not the member at fault.
      if (this.#isThere[slot] === 1) this.#writeState(this.#states[slot], noRow);
      throw error;
    }
  }

  ensure(capacity: number): void {
    this.#isThere = grown(this.#isThere, capacity);
    while (this.#states.length < capacity) this.#states.push(undefined);
  }

  reset(slot: number): void {
    this.#states[slot] = undefined;
    this.#isThere[slot] = 0;
  }

  move(to: number, from: number): void {
    this.#states[to] = this.#states[from];
    this.#isThere[to] = this.#isThere[from]!;
    this.reset(from);
  }

  merge(slot: number, from: Lane, fromSlot: number): void {
    if (!(from instanceof UserAggregateLane) || from.form !== this.form) return foreignLane(this, from);
    if (from.#isThere[fromSlot] !== 1) return;
    const other = this.#copy(from.#states[fromSlot]);
    if (this.#isThere[slot] !== 1) {
      this.set(slot, other);
      return;
    }
    try {
      this.set(slot, this.aggregate.merge(this.#states[slot], other));
    } catch (error) {
      throw userAggregateFailed(this.name, "merge", error);
    }
  }

  /** From then on the state is what a restart would read: no property that its type does not name, no object that is there twice. */
  write(slot: number, out: RowWriter): void {
    const isThere = this.#isThere[slot] === 1;
    out.writeBoolean(isThere);
    if (!isThere) return;
    const state = this.#states[slot];
    this.#writeState(state, out);
    this.#states[slot] = this.#copy(state);
  }

  read(slot: number, row: RowReader): void {
    if (row.readBoolean()) this.set(slot, this.#codec.read(row));
    else this.reset(slot);
  }

  #writeState(state: unknown, out: RowWriter): void {
    try {
      this.#codec.write(state, out);
    } catch (error) {
      throw error instanceof SluiceRuntimeError ? aggregateStateWrong(this.name, error) : error;
    }
  }

  /** The state of a slot, to be changed. */
  protected state(slot: number): unknown {
    return this.#isThere[slot] === 1 ? this.#states[slot] : this.#init();
  }

  protected set(slot: number, state: unknown): void {
    this.#states[slot] = state;
    this.#isThere[slot] = 1;
  }

  /** What the aggregate is given of a row, with texts that do not hold on to what they were cut from. */
  protected valuesOf(args: Args): readonly unknown[] {
    const values = this.#values === undefined ? args : this.#values(...args);
    return this.#keepsTexts ? values.map((value) => (typeof value === "string" ? detachText(value) : value)) : values;
  }

  /** A copy: the aggregate may give the same object each time. */
  #init(): unknown {
    try {
      return this.#copy(this.aggregate.init());
    } catch (error) {
      throw userAggregateFailed(this.name, "init", error);
    }
  }
}

/** The same where values can be taken back by `retract`. */
export class InvertibleAggregateLane<Args extends readonly unknown[], Out> extends UserAggregateLane<Args, Out> {
  change(slot: number, weight: Weight, ...args: Args): void {
    if (weight > 0) return this.add(slot, ...args);
    const { aggregate } = this;
    if (aggregate.retract === undefined) throw new TypeError(`${this.form} cannot take values back`);
    const values = this.valuesOf(args);
    const state = this.state(slot);
    try {
      this.set(slot, aggregate.retract(state, ...values));
    } catch (error) {
      throw userAggregateFailed(this.name, "retract", error);
    }
  }
}

/** The lane of an imported aggregate. */
export function userAggregate<V extends Values, R, Args extends readonly unknown[] = V, Out = R>(aggregate: ImportedAggregate<V, R>, spec: UserAggregateSpec<V, R, Args, Out>): UserAggregateLane<Args, Out> {
  return new UserAggregateLane<Args, Out>(opened(aggregate), spec.name, spec.state, spec.values, resultOf(spec));
}

/** The lane of one that can take back what it was given. */
export function invertibleAggregate<V extends Values, R, Args extends readonly unknown[] = V, Out = R>(aggregate: InvertibleAggregate<V, R>, spec: UserAggregateSpec<V, R, Args, Out>): InvertibleAggregateLane<Args, Out> {
  return new InvertibleAggregateLane<Args, Out>(opened(aggregate), spec.name, spec.state, spec.values, resultOf(spec));
}

function opened(aggregate: object): OpenAggregate {
  // Its states are what it made itself.
  return aggregate as OpenAggregate;
}

function resultOf<V extends Values, R, Args extends readonly unknown[], Out>({ result }: UserAggregateSpec<V, R, Args, Out>): ((result: unknown) => unknown) | undefined {
  // It is given what `result` of the definition gave.
  return result === undefined ? undefined : (given) => result(given as R);
}
