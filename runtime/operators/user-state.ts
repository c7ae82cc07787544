import type { Change } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { GroupState } from "../user/keyed-state.ts";
import type { UserType } from "../user/value-codec.ts";
import type { OperatorPlace } from "./operator-place.ts";
import type { Columns, RowOf } from "./top.ts";

/** When a key times out that gets no rows (language: `timeout D [processing time]`). */
export interface StateTimeout {
  /** Microseconds after the newest event time of the batch's rows of the key, or after the batch's clock. */
  readonly after: number;
  readonly by: "event time" | "processing time";
}

/** What all shapes of user state say (language: `state f by k, …`). */
interface UserStateSpec<Key extends Columns> extends OperatorPlace {
  /** The function's name, for errors. */
  readonly function: string;
  readonly key: Key;
  /** Whether rows have a watermark: then the function may ask for it, and rows can be late. */
  readonly underWatermark?: true;
  /** It is made of a table, anew whenever that is read: nothing of it is in the checkpoint. */
  readonly kept?: false;
}

/** A function of the new rows and the state of before, called in every batch for each key that has either (Spark Streaming: updateStateByKey). */
export interface UpdateStateSpec<Key extends Columns, Input, State, Row> extends UserStateSpec<Key> {
  readonly state: UserType;
  /** There is a table of initial states. */
  readonly initial?: true;
  /** The state from now on; undefined takes the key away. It may be called with what an earlier call gave, as a copy. */
  readonly call: (rows: readonly Input[], previous: State | undefined) => State | undefined;
  /** The row of the result that a key and its state are. */
  readonly rowOf: (key: RowOf<Key>, state: State) => Row;
  /** A key that times out is taken away without a call. */
  readonly timeout?: StateTimeout;
}

/** A function of a key, its new rows and its state (Spark: mapGroupsWithState, flatMapGroupsWithState). */
export interface GroupStateSpec<Key extends Columns, GivenKey, Input, State, Given> extends UserStateSpec<Key> {
  /** The key as the function takes it. */
  readonly keyOf: (key: RowOf<Key>) => GivenKey;
  readonly state: UserType;
  /** There is a table of initial states. */
  readonly initial?: true;
  /** Gives rows: an iterable, one, or none (undefined or null). */
  readonly call: (key: GivenKey, rows: readonly Input[], state: GroupState<State>) => Given;
  readonly timeout?: StateTimeout;
}

/** A value of a key's state, a list or a map of such, or the key's timers. `ttl` in microseconds. */
export type UserVariable =
  | { readonly value: UserType; readonly ttl?: number }
  | { readonly list: UserType; readonly ttl?: number }
  | { readonly map: UserType; readonly key: UserMapKey; readonly ttl?: number }
  | "timers";

export type UserMapKey = "string" | "number" | "bigint";

/** A function of a key, its new rows and its named states, with timers (Spark: transformWithState). */
export interface KeyedProcessSpec<Key extends Columns, GivenKey, Input, States, Given> extends UserStateSpec<Key> {
  readonly keyOf: (key: RowOf<Key>) => GivenKey;
  /** By the names of the fields of the function's third parameter. */
  readonly states: { readonly [Name in keyof States]: UserVariable };
  readonly call: (key: GivenKey, rows: readonly Input[], states: States) => Given;
}

/** The rows that a function gives: of an iterable its items, else the value itself where it is one. */
export type GivenRow<Given> = Given extends string | Uint8Array ? Given : Given extends Iterable<infer Row> ? Row : Exclude<Given, undefined | null | void>;

/** Takes a batch's rows by key. The keys' values are in the order of the spec. */
interface KeyedRows<Input> {
  /** Whether a row of this event time (µs) is late; counted. A null time is not. */
  isLate(time: number | null): boolean;
  /** Rows belong to it until the batch has ended. `time`: the event time (µs) that an event-time timeout counts from. */
  add(key: readonly unknown[], row: Input, time?: number | null): void;
  /** Forgets everything, before the table that it is made of is read again. */
  renew(): void;
}

/** Takes the states that keys begin with (language: `initial TABLE`). */
interface InitialStates<State> {
  /** Whether this is the first batch of the checkpoint, and the spec says `initial`: only then are initial states taken, else `addInitial` does nothing. */
  readonly takesInitial: boolean;
  /** Before `run`. A key that comes twice is an error. */
  addInitial(key: readonly unknown[], state: State): void;
}

/** The states as a table that changes. Read the changes after `run`. */
export interface UpdateState<Input, State, Row> extends KeyedRows<Input>, InitialStates<State>, ChangingRows<Change<Row>> {
  /** Calls the function: for the keys that rows came of, in the order of their first, then for every other key that has state. Once a batch, after all rows; nothing while a result is shown again. */
  run(): void;
  /** The whole result, in the order of keys. */
  snapshot(): Iterable<Row>;
}

/** A function's rows. */
export interface GroupStates<Input, State, Row> extends KeyedRows<Input>, InitialStates<State> {
  /**
   * Calls the function as its rows are taken: for the keys that rows came of, in the order of their first, then for keys with an initial state only, then
   * for those that timed out, the earliest first. Once a batch, after all rows, to the end; nothing while a result is shown again.
   */
  run(): Iterable<Row>;
}

/** A function's rows. */
export interface KeyedProcess<Input, Row> extends KeyedRows<Input> {
  /** Calls the function as its rows are taken: for the keys that rows came of, then for each timer that is due, in the order of time and key. Once a batch, as above. */
  run(): Iterable<Row>;
}

