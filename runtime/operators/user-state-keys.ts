import { RowError } from "../errors/row-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import { atPlace, userStateError } from "../errors/user-state-error.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { RowBuffer, RowReader } from "../state/row-codec.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { keysInOrder } from "./key-order.ts";
import { KeptKeys } from "./kept-keys.ts";
import { RowCounts, type TakenCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import type { Columns, RowOf } from "./top.ts";
import { thrownMessage } from "../errors/thrown-message.ts";

/** Keys whose entry stands for those of all. */
const memorySamples = 16;

/** Bytes that an entry takes beside its content. */
const entryOverhead = 100;

/** The key of the entry that says that the first batch has been: no key's bytes begin so. */
const begunKey = Uint8Array.of(0xff);

/** What every shape of user state says. */
export interface UserStateBasics {
  readonly function: string;
  readonly key: Columns;
  readonly underWatermark?: true;
}

/** The rows that a batch brought of a key. */
export interface RowsOfKey<Input> {
  readonly rows: Input[];
  /** Microseconds: the newest event time; −∞ where no row has one. */
  newest: number;
}

/** The keys of a user's state: their rows of the batch, their entries in the checkpoint, and errors of the function with the key that they are about. */
export abstract class UserStateKeys<Input> implements KeptOperator {
  readonly descriptor: StateDescriptor;
  protected readonly keys: KeptKeys;
  protected readonly counts = new RowCounts();
  protected readonly batchRows = new Map<number, RowsOfKey<Input>>();
  protected batch: OperatorBatch = { lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: true };
  protected readonly bounds = new EventTimeBounds();
  readonly #function: string;
  readonly #keyNames: readonly string[];
  readonly #keyTypes: readonly TypeDescriptor[];
  readonly #underWatermark: boolean;
  readonly #codec: StateCodec;
  /** Batches since the program was built or restored. */
  #batches = 0;
  /** Whether the checkpoint says that its first batch has been. */
  #hasBegun = false;

  constructor(operatorId: string, spec: UserStateBasics, value: readonly string[], codec: StateCodec, seed: number) {
    this.#function = spec.function;
    this.#keyNames = Object.keys(spec.key);
    this.#underWatermark = spec.underWatermark === true;
    this.#codec = codec;
    this.#keyTypes = Object.values<TypeDescriptor>(spec.key);
    this.keys = new KeptKeys(this.#keyTypes, "one zero", codec.writer(), seed);
    this.descriptor = { operatorId, key: this.keys.codec.columns, value };
  }

  isLate(time: number | null): boolean {
    if (!this.#underWatermark || time === null || time > this.bounds.late) return false;
    this.counts.late++;
    return true;
  }

  add(key: readonly unknown[], row: Input, time: number | null = null): void {
    // Rows that are read while a result is shown again have been counted.
    if (this.batch.isRebuilding) return;
    const id = this.keys.idOf(key);
    const known = this.batchRows.get(id);
    const newest = time ?? -Infinity;
    if (known === undefined) {
      this.batchRows.set(id, { rows: [row], newest });
      return;
    }
    known.rows.push(row);
    if (newest > known.newest) known.newest = newest;
  }

  /** Whether this is the first batch of the checkpoint. */
  protected get isFirstBatch(): boolean {
    return !this.#hasBegun && this.#batches === 1 && !this.batch.isRebuilding;
  }

  get rows(): number {
    return this.keys.size;
  }

  get memoryBytes(): number {
    let [bytes, samples] = [0, 0];
    const value = this.#value();
    for (const id of this.keys.ids()) {
      if (!this.hasEntry(id)) continue;
      bytes += value(id).length + entryOverhead;
      if (++samples === memorySamples) break;
    }
    return samples === 0 ? 0 : Math.round((bytes / samples) * this.keys.size) + this.keys.memoryBytes;
  }

  abstract get dueAt(): number | undefined;
  abstract wantsNoDataBatch(watermark: number, now: number): boolean;

  beginBatch(batch: OperatorBatch): void {
    this.batch = batch;
    this.bounds.begin(batch);
    this.batchRows.clear();
    if (!batch.isRebuilding) this.#batches++;
  }

  evict(): void {
    // What a function takes away goes as it is called.
  }

  takeCounts(): TakenCounts {
    return this.counts.take();
  }

  touchAll(): void {
    // A result is shown again whichever keys changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    if (isBegunKey(key)) {
      this.#hasBegun = true;
      return;
    }
    this.readEntry(this.keys.restore(key), this.#codec.reader(value));
  }

  *changes(): Iterable<StateChange> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      yield this.#begun();
    }
    yield* this.keys.changes(this.#codec, this.#value());
  }

  *entries(): Iterable<StateChange> {
    if (this.#hasBegun) yield this.#begun();
    yield* this.keys.entries(this.#codec, this.#value());
  }

  keyColumns(key: Uint8Array): readonly unknown[] | undefined {
    return isBegunKey(key) ? undefined : this.keys.codec.read(this.#codec.reader(key));
  }

  clear(): void {
    this.keys.clear();
    this.batchRows.clear();
    this.counts.clear();
    this.#batches = 0;
    this.#hasBegun = false;
    this.clearEntries();
  }

  /** Begins anew within a batch: what is not kept is made of a table again. */
  renew(): void {
    this.clear();
    this.beginBatch(this.batch);
  }

  protected abstract hasEntry(id: number): boolean;
  protected abstract writeEntry(id: number, out: RowBuffer): void;
  protected abstract readEntry(id: number, row: RowReader): void;
  protected abstract clearEntries(): void;

  /** Milliseconds: the batch's watermark as calls see it: while the rows of a bounded run are taken none has passed yet. */
  protected get watermarkOfCalls(): number {
    const { lateWatermark, evictWatermark } = this.batch;
    return lateWatermark === -Infinity && evictWatermark === Infinity ? 0 : evictWatermark;
  }

  /** Whether the batch is the end of the input (`--drain`, a bounded run): what waits for a time has come to it, by the watermark and by the clock. */
  protected get isAtEnd(): boolean {
    return this.batch.evictWatermark === Infinity;
  }

  protected get isUnderWatermark(): boolean {
    return this.#underWatermark;
  }

  protected keyOf<Key extends Columns>(id: number): RowOf<Key> {
    const values = this.keys.values(id);
    // The columns of the spec, in its order.
    return Object.fromEntries(this.#keyNames.map((name, at) => [name, values[at]])) as RowOf<Key>;
  }

  /** Every key, in the order of keys. */
  protected keysOfEntries(): Int32Array {
    const ids = Int32Array.from(this.keys.ids());
    const values = new Map(Array.from(ids, (id) => [id, this.keys.values(id)]));
    return keysInOrder(ids, this.#keyTypes.map((type, column) => ({ type, get: (id) => values.get(id)?.[column] })));
  }

  /** Takes a key away that has no state any more; `had`: whether it had an entry. */
  protected removeKey(id: number, had: boolean): void {
    this.keys.remove(id);
    if (had) this.counts.removed++;
  }

  /** Notes that a key's entry was written. */
  protected touchKey(id: number): void {
    this.keys.touch(id);
    this.counts.updated++;
  }

  /** The error of a call for a key. */
  protected failure(id: number, error: unknown): unknown {
    return this.failureAt(this.keys.values(id), error);
  }

  /** The error of what was to be done for a key of these values. */
  protected failureAt(values: readonly unknown[], error: unknown): unknown {
    if (error instanceof SimulatedCrash) return error;
    const key = values.map(keyText).join(", ");
    const where = `function ${this.#function}, key ${key}, state ${this.descriptor.operatorId}`;
    if (error instanceof SluiceRuntimeError) return atPlace(error, where);
    if (error instanceof RowError) return new SluiceRuntimeError({ code: error.code, what: `${error.message} [${error.condition}]`, where, how: "mend the function, or filter out before the step what it cannot take", cause: error });
    const message = thrownMessage(error);
    return atPlace(userStateError("failed", `the function ${this.#function} failed: ${message}`, "the function's own error is the cause; the batch is run again when the query is started with its checkpoint", error), where);
  }

  #value(): (id: number) => Uint8Array {
    const out = this.#codec.writer();
    return (id) => {
      this.writeEntry(id, out);
      return out.take();
    };
  }

  #begun(): StateChange {
    return { partition: this.#codec.partitionOf(begunKey), key: begunKey, value: this.#codec.writer().take() };
  }
}

function isBegunKey(key: Uint8Array): boolean {
  return key.length === 1 && key[0] === begunKey[0];
}

/** A value of a key in a message. */
function keyText(value: unknown): string {
  return value === undefined ? "null" : JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part instanceof Map ? Object.fromEntries<unknown>(part) : part));
}
