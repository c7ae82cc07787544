import type { RowBuffer, RowReader } from "../state/row-codec.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { givenRows } from "./given-rows.ts";
import { KeyEntryForm } from "./key-entry-form.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";
import type { Columns } from "./top.ts";
import { type FiredTimer, type KeyEntry, UserCallScope } from "./user-call-scope.ts";
import type { GivenRow, KeyedProcess, KeyedProcessSpec, UserVariable } from "./user-state.ts";
import { UserStateKeys } from "./user-state-keys.ts";
import { deleteTimer, timersWithoutEnd, UserTimers } from "./user-timers.ts";
import { type StoredVariable, variableHandle } from "./user-variable.ts";

/** Makes a function's named states that are kept in the checkpoint. `seed` starts the hashes of keys: any number, best a random one, and never stored. */
export function createKeyedProcess<const Key extends Columns, GivenKey, Input, States, Given>(
  operatorId: string, spec: KeyedProcessSpec<Key, GivenKey, Input, States, Given>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly process: KeyedProcess<Input, GivenRow<Given>>; readonly kept: KeptOperator } {
  const table = new KeyedProcessTable(operatorId, spec, codec, seed);
  return { process: table, kept: table };
}

/** A timer that is due, and the key that it is of. */
interface DueTimer extends FiredTimer {
  readonly id: number;
}

/** Timers of a key that may fire at the end of input. */
const mostAtEnd = 100_000;

/** One entry a key, with all of its states and timers (Spark: TransformWithStateExec). */
class KeyedProcessTable<Key extends Columns, GivenKey, Input, States, Given> extends UserStateKeys<Input> implements KeyedProcess<Input, GivenRow<Given>> {
  readonly #spec: KeyedProcessSpec<Key, GivenKey, Input, States, Given>;
  readonly #form: KeyEntryForm;
  readonly #scope = new UserCallScope();
  readonly #states: States;
  readonly #hasTimers: boolean;
  readonly #entries: (KeyEntry | undefined)[] = [];
  /** Keys by their first timers (ms), and by when something of theirs may expire (µs). */
  readonly #eventTimers = new ExpiryHeap();
  readonly #processingTimers = new ExpiryHeap();
  readonly #expiry = new ExpiryHeap();

  constructor(operatorId: string, spec: KeyedProcessSpec<Key, GivenKey, Input, States, Given>, codec: StateCodec, seed: number) {
    const variables = Object.entries<UserVariable>(spec.states);
    const stored = variables.flatMap(([name, declared]) => (declared === "timers" ? [] : [[name, declared] as const]));
    const form = new KeyEntryForm(stored);
    super(operatorId, spec, ["named states", ...form.text], codec, seed);
    this.#spec = spec;
    this.#form = form;
    this.#hasTimers = stored.length < variables.length;
    // The handles are those of the variables that the spec says of the fields of States.
    this.#states = Object.fromEntries(variables.map(([name, declared]) => [name, declared === "timers" ? new UserTimers(this.#scope) : this.#handle(stored, name, declared, codec)])) as States;
  }

  get dueAt(): number | undefined {
    const first = this.#processingTimers.firstTime;
    return first === undefined ? undefined : first + 1;
  }

  wantsNoDataBatch(watermark: number, now: number): boolean {
    return now >= (this.dueAt ?? Infinity) || (this.#hasTimers && this.isUnderWatermark && this.bounds.isPassedBy(watermark));
  }

  *run(): Iterable<GivenRow<Given>> {
    if (this.batch.isRebuilding) return;
    for (const [id, { rows }] of this.batchRows) yield* this.#call(id, rows, this.watermarkOfCalls, undefined);
    if (this.isAtEnd) yield* this.#runToEnd();
    else for (const timer of this.#due(this.batch.evictWatermark, this.batch.timestamp / 1000)) yield* this.#fire(timer);
  }

  override evict(): void {
    if (this.batch.isRebuilding) return;
    const now = this.batch.timestamp;
    for (const id of this.#expiry.upTo(now).sort((left, right) => this.keys.compare(left, right))) {
      const entry = this.#entries[id];
      if (entry === undefined) continue;
      if (this.#form.purge(entry, now)) this.keys.touch(id);
      this.#settle(id, entry);
    }
  }

  protected hasEntry(id: number): boolean {
    return this.#entries[id] !== undefined;
  }

  protected writeEntry(id: number, out: RowBuffer): void {
    const entry = this.#entries[id];
    if (entry !== undefined) this.#form.write(entry, out);
  }

  protected readEntry(id: number, row: RowReader): void {
    const entry = this.#form.read(row);
    this.#entries[id] = entry;
    this.#settle(id, entry);
  }

  protected clearEntries(): void {
    this.#entries.length = 0;
    this.#eventTimers.clear();
    this.#processingTimers.clear();
    this.#expiry.clear();
  }

  #handle(stored: readonly (readonly [name: string, declared: StoredVariable])[], name: string, declared: StoredVariable, codec: StateCodec): object {
    return variableHandle(declared, name, this.#scope, stored.findIndex(([each]) => each === name), codec);
  }

  /** Fires every timer there is, the earliest first, until the calls set none any more: no later batch could. */
  *#runToEnd(): Iterable<GivenRow<Given>> {
    const fired = new Map<number, number>();
    for (let first = this.#firstTimer; first !== undefined; first = this.#firstTimer) {
      for (const timer of this.#due(first + 1, first + 1)) {
        const count = (fired.get(timer.id) ?? 0) + 1;
        if (count > mostAtEnd) throw this.failure(timer.id, timersWithoutEnd(`more than ${mostAtEnd} timers of the key fired at the end of input`));
        fired.set(timer.id, count);
        yield* this.#fire(timer);
      }
    }
  }

  /** Milliseconds: the earliest timer of any key. */
  get #firstTimer(): number | undefined {
    const times = [this.#eventTimers.firstTime, this.#processingTimers.firstTime].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  *#fire(timer: DueTimer): Iterable<GivenRow<Given>> {
    const entry = this.#entries[timer.id];
    // An earlier call may have taken it away.
    if (entry === undefined || !deleteTimer(timer.isEventTime ? entry.eventTimers : entry.processingTimers, timer.time)) return;
    yield* this.#call(timer.id, [], this.batch.evictWatermark, timer);
  }

  *#call(id: number, rows: readonly Input[], watermark: number, fired: FiredTimer | undefined): Iterable<GivenRow<Given>> {
    const before = this.#entries[id];
    const entry = before ?? this.#form.empty();
    this.#scope.begin(entry, { timestamp: this.batch.timestamp, watermark: this.isUnderWatermark ? watermark : undefined, fired });
    try {
      yield* givenRows(this.#spec.call(this.#spec.keyOf(this.keyOf<Key>(id)), rows, this.#states));
    } catch (error) {
      throw this.failure(id, error);
    }
    const isTouched = this.#scope.end();
    if (before === undefined) {
      if (this.#form.isEmpty(entry)) return this.removeKey(id, false);
      this.#entries[id] = entry;
    }
    this.#settle(id, entry);
    if (this.#entries[id] !== undefined && (isTouched || fired !== undefined)) this.touchKey(id);
  }

  /** Timers that are before a watermark or a clock (ms), by time and key; of both kinds that of the event time first. Those that their calls set are not among them. */
  #due(watermark: number, clock: number): readonly DueTimer[] {
    const atEnd = this.isAtEnd;
    const due = (heap: ExpiryHeap, bound: number, isEventTime: boolean): readonly DueTimer[] =>
      heap.upTo(bound).flatMap((id) => {
        const entry = this.#entries[id];
        const timers = entry === undefined ? [] : isEventTime ? entry.eventTimers : entry.processingTimers;
        return timers.filter((time) => time < bound).map((time) => ({ id, time, isEventTime, atEnd }));
      });
    const timers = [...due(this.#eventTimers, watermark, true), ...due(this.#processingTimers, clock, false)];
    return timers.sort((left, right) => left.time - right.time || this.keys.compare(left.id, right.id) || Number(right.isEventTime) - Number(left.isEventTime));
  }

  /** Puts a key in the orders of time, or takes it away where nothing is left of it. */
  #settle(id: number, entry: KeyEntry): void {
    const isGone = this.#form.isEmpty(entry);
    setOrRemove(this.#eventTimers, id, entry.eventTimers[0]);
    setOrRemove(this.#processingTimers, id, entry.processingTimers[0]);
    setOrRemove(this.#expiry, id, isGone || entry.expiry === Infinity ? undefined : entry.expiry);
    if (!isGone) return;
    this.#entries[id] = undefined;
    this.removeKey(id, true);
  }
}

function setOrRemove(heap: ExpiryHeap, id: number, time: number | undefined): void {
  if (time === undefined) heap.remove(id);
  else heap.set(id, time);
}
