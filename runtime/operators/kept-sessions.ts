import type { EventTimeBounds } from "./event-time-bounds.ts";
import type { Lane } from "./lanes/lane.ts";
import type { TakenCounts } from "./row-counts.ts";
import type { SessionSlots } from "./session-slots.ts";
import type { SessionSpec } from "./sessions.ts";
import type { KeptOperator, OperatorBatch, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";

/** Keys whose sessions stand for those of all. */
const memorySamples = 16;

/** Bytes that a session takes beside its lanes: span, key and its places in the order and the heap. */
const slotOverhead = 45;

/** A table of sessions without its types. */
interface SessionTable {
  readonly slots: SessionSlots<Readonly<Record<string, Lane>>>;
  readonly bounds: EventTimeBounds;
  readonly closing: SessionSpec["closing"];
}

/** A table of sessions as the checkpoint sees it: one entry a key → how many sessions there are, and of each the span and the lanes. */
export class KeptSessions implements KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly dueAt = undefined;
  readonly #table: SessionTable;
  readonly #slots: SessionTable["slots"];
  readonly #codec: StateCodec;

  constructor(operatorId: string, table: SessionTable, codec: StateCodec) {
    const { slots } = table;
    this.descriptor = { operatorId, key: slots.keys.codec.columns, value: ["sessions", ...slots.lanes.list.map((lane) => lane.form)] };
    this.#table = table;
    this.#slots = slots;
    this.#codec = codec;
  }

  get rows(): number {
    return this.#slots.size;
  }

  get memoryBytes(): number {
    const { keys, size } = this.#slots;
    const valueOf = this.#value();
    let [bytes, sampled] = [0, 0];
    for (const owner of keys.ids()) {
      bytes += valueOf(owner).length;
      if (++sampled === memorySamples) break;
    }
    return keys.memoryBytes + size * slotOverhead + (sampled === 0 ? 0 : Math.round((bytes / sampled) * keys.size));
  }

  beginBatch(batch: OperatorBatch): void {
    this.#table.bounds.begin(batch);
  }

  evict(): void {
    this.#slots.settle();
    if (this.#table.closing === "window end") this.#slots.evict(this.#table.bounds.evict);
  }

  wantsNoDataBatch(watermark: number): boolean {
    return this.#table.closing === "window end" && this.#table.bounds.isPassedBy(watermark);
  }

  takeCounts(): TakenCounts {
    this.#slots.settle();
    return this.#slots.counts.take();
  }

  touchAll(): void {
    // No result is made of what changed.
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const slots = this.#slots;
    const owner = slots.keys.restore(key);
    slots.begin(owner);
    const row = this.#codec.reader(value);
    for (let left = row.readNumber(); left > 0; left--) {
      const slot = slots.restore(owner, row.readNumber(), row.readNumber());
      for (const lane of slots.lanes.list) lane.read(slot, row);
    }
  }

  changes(): Iterable<StateChange> {
    return this.#slots.keys.changes(this.#codec, this.#value());
  }

  entries(): Iterable<StateChange> {
    return this.#slots.keys.entries(this.#codec, this.#value());
  }

  keyColumns(key: Uint8Array): readonly unknown[] {
    return this.#slots.keys.codec.read(this.#codec.reader(key));
  }

  clear(): void {
    this.#slots.clear();
  }

  #value(): (owner: number) => Uint8Array {
    const slots = this.#slots;
    const row = this.#codec.writer();
    return (owner) => {
      row.writeNumber(slots.countOf(owner));
      for (const slot of slots.of(owner)) {
        row.writeNumber(slots.startOf(slot));
        row.writeNumber(slots.endOf(slot));
        for (const lane of slots.lanes.list) lane.write(slot, row);
      }
      return row.take();
    };
  }
}
