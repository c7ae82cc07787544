import { userStateError } from "../errors/user-state-error.ts";
import type { RowBuffer, RowReader } from "../state/row-codec.ts";
import { userCodec, type UserCodec, type UserType } from "../user/value-codec.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import type { OperatorBatch, StateCodec } from "./stateful.ts";
import { UserStateKeys, type UserStateBasics } from "./user-state-keys.ts";
import type { StateTimeout } from "./user-state.ts";

interface TimedStateBasics extends UserStateBasics {
  readonly state: UserType;
  readonly initial?: true;
  readonly timeout?: StateTimeout;
}

/**
 * Keys with one state each, which is kept as bytes so that nothing that a function does to its objects reaches it, and with a timeout (Spark:
 * FlatMapGroupsWithStateExec). A timeout is a time in microseconds, due once the watermark or the batch's clock is after it.
 */
export abstract class TimedStates<Input, State> extends UserStateKeys<Input> {
  protected readonly states: (Uint8Array | undefined)[] = [];
  protected readonly stateCodec: UserCodec<State>;
  /** Keys that have had their initial state in this batch. */
  protected readonly initialKeys = new Set<number>();
  protected readonly timeouts = new ExpiryHeap();
  /** By event time: the timeouts of the step, also where the function has set another; undefined where it has set none, or it has passed. */
  readonly #own: (number | undefined)[] = [];
  readonly #takesTable: boolean;
  readonly #timeout: StateTimeout | undefined;
  readonly #codec: StateCodec;
  readonly #row: RowBuffer;

  constructor(operatorId: string, shape: string, spec: TimedStateBasics, codec: StateCodec, seed: number) {
    const stateCodec = userCodec<State>(spec.state);
    super(operatorId, spec, [shape, stateCodec.text, ...(spec.timeout === undefined ? [] : [`timeout by ${spec.timeout.by}`, ...(spec.timeout.by === "event time" ? ["timeout of the step"] : [])])], codec, seed);
    this.stateCodec = stateCodec;
    this.#takesTable = spec.initial === true;
    this.#timeout = spec.timeout;
    this.#codec = codec;
    this.#row = codec.writer();
  }

  get takesInitial(): boolean {
    return this.#takesTable && this.isFirstBatch;
  }

  /** The first batch is made of the table of initial states. */
  get keepsTable(): boolean {
    return this.takesInitial;
  }

  addInitial(key: readonly unknown[], state: State): void {
    if (!this.takesInitial) return;
    const id = this.keys.idOf(key);
    try {
      if (this.initialKeys.has(id)) throw userStateError("duplicateInitial", "the table of initial states has a key twice", "let it have one row for each key");
      this.states[id] = this.encode(state);
    } catch (error) {
      throw this.failure(id, error);
    }
    this.initialKeys.add(id);
    this.touchKey(id);
  }

  get dueAt(): number | undefined {
    const first = this.timeouts.firstTime;
    return first === undefined || this.#timeout?.by !== "processing time" ? undefined : Math.floor(first / 1000) + 1;
  }

  wantsNoDataBatch(watermark: number, now: number): boolean {
    if (this.#timeout === undefined) return false;
    return this.#timeout.by === "event time" ? this.bounds.isPassedBy(watermark) : now >= (this.dueAt ?? Infinity);
  }

  override beginBatch(batch: OperatorBatch): void {
    super.beginBatch(batch);
    this.initialKeys.clear();
  }

  protected encode(state: State): Uint8Array {
    this.#row.drop();
    this.stateCodec.write(state, this.#row);
    return this.#row.take();
  }

  protected decode(bytes: Uint8Array): State {
    return this.stateCodec.read(this.#codec.reader(bytes));
  }

  /**
   * The timeout that the step sets at a call with rows; undefined where it has none. By event time it never goes back, so that it is the same however
   * rows are cut into batches; rows without an event time leave it where it is, and count from the watermark where there is none ahead.
   */
  protected timeoutAfter(id: number, newest: number): number | undefined {
    if (this.#timeout === undefined) return undefined;
    const { after, by } = this.#timeout;
    if (by === "processing time") return this.batch.timestamp + after;
    const before = this.#own[id] ?? -Infinity;
    const watermark = this.watermarkOfCalls * 1000;
    if (newest === -Infinity) return before >= watermark ? before : watermark + after;
    return Math.max(newest + after, before, watermark);
  }

  protected timeoutOf(id: number): number | undefined {
    const timeout = this.timeouts.timeOf(id);
    return timeout === Infinity ? undefined : timeout;
  }

  /** Keys whose timeout has passed, by time and key: at the end of input all that have one. */
  protected timedOut(): readonly number[] {
    if (this.#timeout === undefined) return [];
    const bound = this.#timeout.by === "event time" || this.isAtEnd ? this.batch.evictWatermark * 1000 : this.batch.timestamp;
    // Timeouts are whole microseconds: what lies before the bound is at or before the last of them.
    return this.timeouts.upTo(bound - 1).sort((left, right) => this.timeouts.timeOf(left) - this.timeouts.timeOf(right) || this.keys.compare(left, right));
  }

  /** Puts a key's state, its timeout and that of the step in place; a key with neither state nor timeout is gone. */
  protected settle(id: number, state: Uint8Array | undefined, timeout: number | undefined, own: number | undefined, isWritten: boolean): void {
    const had = this.hasEntry(id);
    const before = this.timeoutOf(id);
    const isGone = state === undefined && timeout === undefined;
    const nextOwn = isGone || this.#timeout?.by !== "event time" ? undefined : own;
    const isSame = before === timeout && this.#own[id] === nextOwn;
    this.states[id] = state;
    this.#own[id] = nextOwn;
    if (timeout === undefined) this.timeouts.remove(id);
    else this.timeouts.set(id, timeout);
    if (isGone) this.removeKey(id, had);
    else if (isWritten || !isSame) this.touchKey(id);
  }

  protected hasEntry(id: number): boolean {
    return this.states[id] !== undefined || this.timeoutOf(id) !== undefined;
  }

  protected writeEntry(id: number, out: RowBuffer): void {
    if (this.#timeout !== undefined) writeTime(this.timeoutOf(id), out);
    if (this.#timeout?.by === "event time") writeTime(this.#own[id], out);
    const state = this.states[id];
    if (state === undefined) out.writeNull();
    else out.writeBytes(state);
  }

  protected readEntry(id: number, row: RowReader): void {
    if (this.#timeout !== undefined && !row.readNull()) this.timeouts.set(id, row.readNumber());
    this.#own[id] = this.#timeout?.by !== "event time" || row.readNull() ? undefined : row.readNumber();
    this.states[id] = row.readNull() ? undefined : row.readBytes();
  }

  protected clearEntries(): void {
    this.states.length = 0;
    this.timeouts.clear();
    this.#own.length = 0;
    this.initialKeys.clear();
  }
}

function writeTime(time: number | undefined, out: RowBuffer): void {
  if (time === undefined) out.writeNull();
  else out.writeNumber(time);
}
