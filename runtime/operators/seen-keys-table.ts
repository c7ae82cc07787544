import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { grown } from "./grown.ts";
import { KeptKeys } from "./kept-keys.ts";
import { RowCounts, type TakenCounts } from "./row-counts.ts";
import type { SeenKeys, SeenKeysSpec } from "./seen-keys.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import { timeOfKey } from "./time-of-key.ts";

/** Bytes that an entry takes in the heap. */
const expiryBytes = 20;

/** Makes a set of keys that is kept in the checkpoint. `seed` starts its hashes: any number, best a random one, and never stored. */
export function createSeenKeys(operatorId: string, spec: SeenKeysSpec, codec: StateCodec, seed: number = 0x2545f491): { readonly seen: SeenKeys; readonly state: KeptOperator } {
  const table = new SeenKeysTable(operatorId, spec, codec, seed);
  return { seen: table, state: table };
}

/**
 * One entry a key; its value is the time at which it is forgotten where that is counted from the first row, and else empty: a time in
 * the key says it. An entry that is due is there until the end of the batch, and duplicates of it are none the less (Spark).
 */
class SeenKeysTable implements SeenKeys, KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #codec: StateCodec;
  readonly #keys: KeptKeys;
  readonly #underWatermark: boolean;
  /** The place in the key of the time that closes entries; −1 where none does. */
  readonly #timeColumn: number;
  /** Microseconds. */
  readonly #within: number | undefined;
  readonly #counts = new RowCounts();
  readonly #bounds = new EventTimeBounds();
  /** Empty where entries stay for ever. */
  readonly #expiry = new ExpiryHeap();
  /** By key: when its entry is forgotten. Only where entries live for a span. */
  #expiresAt = new Float64Array(0);

  constructor(operatorId: string, spec: SeenKeysSpec, codec: StateCodec, seed: number) {
    const { closing } = spec;
    this.#codec = codec;
    this.#keys = new KeptKeys(Object.values<TypeDescriptor>(spec.key), "two zeros", codec.writer(), seed);
    this.#underWatermark = spec.underWatermark === true;
    this.#timeColumn = closing !== undefined && "key" in closing ? Object.keys(spec.key).indexOf(closing.key) : -1;
    this.#within = closing !== undefined && "within" in closing ? closing.within : undefined;
    this.descriptor = { operatorId, key: this.#keys.codec.columns, value: this.#within === undefined ? [] : ["timestamp: forgotten at"] };
  }

  isLate(time: number | null): boolean {
    if (!this.#underWatermark || time === null || time > this.#bounds.late) return false;
    this.#counts.late++;
    return true;
  }

  isFirst(key: readonly unknown[], time: number | null = null): boolean {
    const keys = this.#keys;
    const before = keys.size;
    const id = keys.idOf(key);
    if (keys.size === before) return false;
    keys.touch(id);
    this.#counts.updated++;
    if (this.#within !== undefined) this.#forgetAt(id, (time ?? 0) + this.#within);
    else if (this.#timeColumn >= 0) this.#expiry.set(id, timeOfKey(key[this.#timeColumn]));
    return true;
  }

  get rows(): number {
    return this.#keys.size;
  }

  get memoryBytes(): number {
    return this.#keys.memoryBytes + this.#expiry.size * expiryBytes;
  }

  beginBatch(batch: OperatorBatch): void {
    this.#bounds.begin(batch);
  }

  evict(): void {
    const expiry = this.#expiry;
    for (let time = expiry.firstTime; time !== undefined && time <= this.#bounds.evict; time = expiry.firstTime) {
      const id = expiry.first;
      expiry.remove(id);
      this.#keys.remove(id);
      this.#counts.removed++;
    }
  }

  wantsNoDataBatch(watermark: number): boolean {
    return this.#underWatermark && this.#bounds.isPassedBy(watermark);
  }

  takeCounts(): TakenCounts {
    return this.#counts.take();
  }

  touchAll(): void {
    // No result is made of keys.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const id = this.#keys.restore(key);
    if (this.#within !== undefined) this.#forgetAt(id, this.#codec.reader(value).readNumber());
    else if (this.#timeColumn >= 0) this.#expiry.set(id, timeOfKey(this.#keys.values(id)[this.#timeColumn]));
  }

  changes(): Iterable<StateChange> {
    return this.#keys.changes(this.#codec, this.#value());
  }

  entries(): Iterable<StateChange> {
    return this.#keys.entries(this.#codec, this.#value());
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    return this.#keys.codec.read(this.#codec.reader(key));
  }

  clear(): void {
    this.#keys.clear();
    this.#expiry.clear();
    this.#counts.clear();
  }

  #forgetAt(id: number, time: number): void {
    if (id >= this.#expiresAt.length) this.#expiresAt = grown(this.#expiresAt, id + 1);
    this.#expiresAt[id] = time;
    this.#expiry.set(id, time);
  }

  #value(): (id: number) => Uint8Array {
    const row = this.#codec.writer();
    return (id) => {
      if (this.#within !== undefined) row.writeNumber(this.#expiresAt[id]!);
      return row.take();
    };
  }
}
