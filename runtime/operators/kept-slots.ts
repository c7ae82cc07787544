import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { GroupClosing } from "./group-closing.ts";
import type { GroupSpec } from "./groups.ts";
import type { GroupSlots } from "./group-slots.ts";
import { KeyCodec } from "./key-codec.ts";
import type { Lane } from "./lanes/lane.ts";
import type { TakenCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";
import { durationText } from "../time/duration-text.ts";

/** Groups whose size stands for that of all. */
const memorySamples = 16;

/** Bytes that a slot takes beside its key and lanes: flags, and its places in the hash tables. */
const slotOverhead = 24;

/** Stands for a pane's start in the key of the entry that has the clock by which sliding windows were last closed. */
const clockKey = NaN;

/** A group table as the checkpoint sees it: one entry a group, the pane's start and the key columns → flags and lanes. */
export class KeptSlots implements KeptOperator {
  readonly #described: Omit<StateDescriptor, "value">;
  readonly #keyTypes: readonly TypeDescriptor[];
  readonly #slots: GroupSlots<Readonly<Record<string, Lane>>>;
  readonly #closing: GroupClosing;
  readonly #codec: StateCodec;

  constructor(operatorId: string, spec: GroupSpec, slots: GroupSlots<Readonly<Record<string, Lane>>>, closing: GroupClosing, codec: StateCodec) {
    const { clock } = slots;
    this.#keyTypes = Object.values<TypeDescriptor>(spec.key);
    const columns = this.#keyTypes.map((type) => descriptorText(valueType(type)));
    // The size too: panes that a smaller window has done with are gone.
    const pane = clock === undefined ? [] : [`timestamp: windows of ${durationText(clock.size)} every ${durationText(clock.slide)} from ${durationText(clock.offset % clock.slide)}`];
    this.#described = { operatorId, key: [...pane, ...columns] };
    this.#slots = slots;
    this.#closing = closing;
    this.#codec = codec;
  }

  /** Not before the query is built: until then lanes may be added. */
  get descriptor(): StateDescriptor {
    return { ...this.#described, value: this.#slots.lanes.list.map((lane) => lane.form) };
  }

  get rows(): number {
    return this.#slots.live;
  }

  get memoryBytes(): number {
    const { live } = this.#slots;
    const samples = Math.min(live, memorySamples);
    let bytes = 0;
    for (let at = 0; at < samples; at++) {
      const slot = this.#slots.liveSlotAt(at / samples);
      bytes += this.#key(slot).length + this.#value(slot).length + slotOverhead;
    }
    return samples === 0 ? 0 : Math.round((bytes / samples) * live);
  }

  takeCounts(): TakenCounts {
    return this.#slots.counts.take();
  }

  beginBatch(batch: OperatorBatch): void {
    this.#slots.beginBatch();
    this.#closing.beginBatch(batch);
  }

  evict(): void {
    this.#closing.evict();
    this.#slots.sweep();
  }

  wantsNoDataBatch(watermark: number, now: number): boolean {
    return this.#closing.wantsNoDataBatch(watermark, now);
  }

  get dueAt(): number | undefined {
    return this.#closing.dueAt;
  }

  touchAll(): void {
    for (const slot of this.#slots.liveSlots()) this.#slots.flags.touch(slot);
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const slots = this.#slots;
    const keyRow = this.#codec.reader(key);
    const start = slots.clock === undefined ? 0 : keyRow.readNumber();
    const row = this.#codec.reader(value);
    if (Number.isNaN(start)) {
      this.#closing.restoreClock(row.readNumber());
      return;
    }
    const id = slots.keys.read(keyRow);
    const slot = slots.clock === undefined ? slots.used(id) : slots.slotOf(slots.panes.idOf(start), id);
    slots.flags.restore(slot, row.readBoolean(), row.readBoolean());
    for (const lane of slots.lanes.list) lane.read(slot, row);
  }

  *changes(): Iterable<StateChange> {
    const slots = this.#slots;
    for (const slot of slots.flags.takeDirty()) {
      const isLive = slots.flags.isLive(slot);
      // What came and went since the last delta was never stored.
      if (isLive || slots.flags.isStored(slot)) yield this.#change(this.#key(slot), isLive ? this.#value(slot) : undefined);
      slots.flags.setStored(slot, isLive);
    }
    const clock = this.#closing.takeClock();
    if (clock !== undefined) yield this.#clockEntry(clock);
  }

  *entries(): Iterable<StateChange> {
    for (const slot of this.#slots.liveSlots()) yield this.#change(this.#key(slot), this.#value(slot));
    const clock = this.#closing.storedClock;
    if (clock !== undefined) yield this.#clockEntry(clock);
  }

  keyColumns(key: Uint8Array): readonly unknown[] | undefined {
    const row = this.#codec.reader(key);
    if (this.#slots.clock !== undefined && Number.isNaN(row.readNumber())) return undefined;
    return new KeyCodec(this.#keyTypes, "one zero").read(row);
  }

  clear(): void {
    this.#slots.clear();
    this.#closing.clear();
  }

  #change(key: Uint8Array, value: Uint8Array | undefined): StateChange {
    return { partition: this.#codec.partitionOf(key), key, value };
  }

  #key(slot: number): Uint8Array {
    const slots = this.#slots;
    const row = this.#codec.writer();
    if (slots.clock !== undefined) row.writeNumber(slots.panes.start(slots.paneOf(slot)));
    slots.keys.write(slots.keyOf(slot), row);
    return row.take();
  }

  #value(slot: number): Uint8Array {
    const slots = this.#slots;
    const row = this.#codec.writer();
    row.writeBoolean(slots.flags.isMarked(slot));
    row.writeBoolean(slots.flags.hasRows(slot));
    for (const lane of slots.lanes.list) lane.write(slot, row);
    return row.take();
  }

  #clockEntry(clock: number): StateChange {
    const key = this.#codec.writer();
    key.writeNumber(clockKey);
    const value = this.#codec.writer();
    value.writeNumber(clock);
    return this.#change(key.take(), value.take());
  }
}
