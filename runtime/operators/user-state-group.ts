import { givenRows } from "./given-rows.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";
import type { Columns } from "./top.ts";
import { UserGroupState } from "./user-group-state.ts";
import { TimedStates } from "./user-state-timed.ts";
import type { GivenRow, GroupStates, GroupStateSpec } from "./user-state.ts";

/** Makes the states of a function that are kept in the checkpoint. `seed` starts the hashes of keys: any number, best a random one, and never stored. */
export function createGroupState<const Key extends Columns, GivenKey, Input, State, Given>(
  operatorId: string, spec: GroupStateSpec<Key, GivenKey, Input, State, Given>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly states: GroupStates<Input, State, GivenRow<Given>>; readonly kept: KeptOperator } {
  const table = new GroupStateTable(operatorId, spec, codec, seed);
  return { states: table, kept: table };
}

class GroupStateTable<Key extends Columns, GivenKey, Input, State, Given> extends TimedStates<Input, State> implements GroupStates<Input, State, GivenRow<Given>> {
  readonly #spec: GroupStateSpec<Key, GivenKey, Input, State, Given>;
  readonly #state: UserGroupState<State>;

  constructor(operatorId: string, spec: GroupStateSpec<Key, GivenKey, Input, State, Given>, codec: StateCodec, seed: number) {
    super(operatorId, "state", spec, codec, seed);
    this.#spec = spec;
    this.#state = new UserGroupState({ encode: (state) => this.encode(state), decode: (bytes) => this.decode(bytes) }, spec.timeout?.by);
  }

  *run(): Iterable<GivenRow<Given>> {
    if (this.batch.isRebuilding) return;
    const watermark = this.watermarkOfCalls;
    for (const [id, { rows, newest }] of this.batchRows) yield* this.#call(id, rows, this.timeoutAfter(id, newest), watermark, false);
    for (const id of this.initialKeys) if (!this.batchRows.has(id)) yield* this.#call(id, [], undefined, watermark, false);
    for (const id of this.timedOut()) yield* this.#call(id, [], undefined, this.batch.evictWatermark, true);
  }

  /** `timeout`: that of the step, for where the function sets none and the key has state. */
  *#call(id: number, rows: readonly Input[], timeout: number | undefined, watermark: number, hasTimedOut: boolean): Iterable<GivenRow<Given>> {
    const state = this.#state;
    state.begin(this.states[id], { timestamp: this.batch.timestamp, watermark: this.isUnderWatermark ? watermark : undefined, hasTimedOut, isLast: hasTimedOut && this.isAtEnd });
    try {
      yield* givenRows(this.#spec.call(this.#spec.keyOf(this.keyOf<Key>(id)), rows, state));
    } catch (error) {
      throw this.failure(id, error);
    }
    const after = state.end();
    this.settle(id, after.state, after.timeout ?? (after.state === undefined ? undefined : timeout), timeout, after.isWritten);
  }
}
