import type { Change } from "../changelog/change.ts";
import type { KeptOperator, OperatorBatch, StateCodec } from "./stateful.ts";
import type { Columns, RowOf } from "./top.ts";
import { TimedStates } from "./user-state-timed.ts";
import type { UpdateState, UpdateStateSpec } from "./user-state.ts";
import { equalBytes } from "../functions/compare-scalars.ts";

/** Makes the states of an `updateStateByKey` that are kept in the checkpoint. `seed` starts the hashes of keys: any number, best a random one, and never stored. */
export function createUpdateState<const Key extends Columns, Input, State, Row>(
  operatorId: string, spec: UpdateStateSpec<Key, Input, State, Row>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly states: UpdateState<Input, State, Row>; readonly kept: KeptOperator } {
  const table = new UpdateStateTable(operatorId, spec, codec, seed);
  const states: UpdateState<Input, State, Row> = {
    isLate: (time) => table.isLate(time),
    add: (key, row, time) => table.add(key, row, time),
    renew: () => table.renew(),
    get takesInitial() {
      return table.takesInitial;
    },
    addInitial: (key, state) => table.addInitial(key, state),
    run: () => table.run(),
    changes: () => table.rowChanges(),
    shown: () => table.shown(),
    snapshot: () => table.snapshot(),
  };
  return { states, kept: table };
}

/** A key whose state changed in the batch: its bytes of before and now. */
interface ChangedState<Key extends Columns> {
  readonly key: RowOf<Key>;
  readonly before: Uint8Array | undefined;
  readonly now: Uint8Array | undefined;
}

class UpdateStateTable<Key extends Columns, Input, State, Row> extends TimedStates<Input, State> {
  readonly #spec: UpdateStateSpec<Key, Input, State, Row>;
  #changed: ChangedState<Key>[] = [];

  constructor(operatorId: string, spec: UpdateStateSpec<Key, Input, State, Row>, codec: StateCodec, seed: number) {
    super(operatorId, "updated state", spec, codec, seed);
    this.#spec = spec;
  }

  override beginBatch(batch: OperatorBatch): void {
    super.beginBatch(batch);
    this.#changed = [];
  }

  run(): void {
    if (this.batch.isRebuilding) return;
    const others = [...this.keys.ids()].filter((id) => !this.batchRows.has(id)).sort((left, right) => this.keys.compare(left, right));
    for (const [id, { rows, newest }] of this.batchRows) this.#call(id, rows, this.timeoutAfter(id, newest));
    const timedOut = new Set(this.timedOut());
    // The batch that ends an input is none of its own: it only closes what time bounds.
    const isEnd = this.batch.evictWatermark === Infinity && this.batchRows.size === 0;
    for (const id of others) {
      if (timedOut.has(id)) this.#settle(id, undefined, undefined);
      else if (!isEnd || this.initialKeys.has(id)) this.#call(id, [], this.timeoutOf(id));
    }
  }

  *rowChanges(): Iterable<Change<Row>> {
    for (const { key, before, now } of this.#changed) {
      if (before !== undefined) yield { row: this.#rowOf(key, before), weight: -1 };
      if (now !== undefined) yield { row: this.#rowOf(key, now), weight: 1 };
    }
  }

  *shown(): Iterable<Change<Row>> {
    if (!this.batch.isRebuilding) return yield* this.rowChanges();
    for (const row of this.snapshot()) yield { row, weight: 1 };
  }

  *snapshot(): Iterable<Row> {
    for (const id of this.keysOfEntries()) {
      const state = this.states[id];
      if (state !== undefined) yield this.#rowOf(this.keyOf<Key>(id), state);
    }
  }

  #rowOf(key: RowOf<Key>, state: Uint8Array): Row {
    try {
      return this.#spec.rowOf(key, this.decode(state));
    } catch (error) {
      throw this.failureAt(Object.values(key), error);
    }
  }

  #call(id: number, rows: readonly Input[], timeout: number | undefined): void {
    const previous = this.states[id];
    try {
      const next = this.#spec.call(rows, previous === undefined ? undefined : this.decode(previous));
      const state = next === undefined ? undefined : this.encode(next);
      this.#settle(id, state, state === undefined ? undefined : timeout);
    } catch (error) {
      throw this.failure(id, error);
    }
  }

  #settle(id: number, state: Uint8Array | undefined, timeout: number | undefined): void {
    const previous = this.states[id];
    const before = this.initialKeys.has(id) ? undefined : previous;
    if (!sameBytes(before, state)) this.#changed.push({ key: this.keyOf<Key>(id), before, now: state });
    this.settle(id, state, timeout, timeout, !sameBytes(previous, state));
  }
}

function sameBytes(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return equalBytes(left, right);
}
