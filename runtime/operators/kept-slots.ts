import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { descriptorText, valueType } from "../formats/value-type.ts";
import type { GroupSpec } from "./groups.ts";
import type { GroupSlots } from "./group-slots.ts";
import type { Lane } from "./lanes/lane.ts";
import type { KeptOperator, StateChange, StateCodec, StateDescriptor } from "./stateful.ts";

/** Groups whose size stands for that of all. */
const memorySamples = 16;

/** Bytes that a slot takes beside its key and lanes: flags, and its places in the hash tables. */
const slotOverhead = 24;

/** A group table as the checkpoint sees it: one entry a slot, the pane's start and the key columns → flags and lanes. */
export class KeptSlots implements KeptOperator {
  readonly descriptor: StateDescriptor;
  readonly #slots: GroupSlots<Readonly<Record<string, Lane>>>;
  readonly #codec: StateCodec;

  constructor(operatorId: string, spec: GroupSpec, slots: GroupSlots<Readonly<Record<string, Lane>>>, codec: StateCodec) {
    const { clock } = slots;
    const columns = Object.values<TypeDescriptor>(spec.key).map((type) => descriptorText(valueType(type)));
    const pane = clock === undefined ? [] : [`timestamp: panes of ${clock.pane} µs from ${clock.offset % clock.slide}`];
    this.descriptor = { operatorId, key: [...pane, ...columns], value: slots.lanes.list.map((lane) => lane.form) };
    this.#slots = slots;
    this.#codec = codec;
  }

  get rows(): number {
    return this.#slots.size;
  }

  get memoryBytes(): number {
    const { size } = this.#slots;
    const samples = Math.min(size, memorySamples);
    let bytes = 0;
    for (let at = 0; at < samples; at++) {
      const { key, value } = this.#entry(Math.floor((at * size) / samples));
      bytes += key.length + (value?.length ?? 0) + slotOverhead;
    }
    return samples === 0 ? 0 : Math.round((bytes / samples) * size);
  }

  takeUpdatedRows(): number {
    const { updated } = this.#slots;
    this.#slots.updated = 0;
    return updated;
  }

  beginBatch(): void {
    this.#slots.beginBatch();
  }

  touchAll(): void {
    for (let slot = 0; slot < this.#slots.size; slot++) this.#slots.touched.add(slot);
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const slots = this.#slots;
    const keyRow = this.#codec.reader(key);
    const pane = slots.clock === undefined ? -1 : slots.paneIdOf(keyRow.readNumber());
    const id = slots.keys.read(keyRow);
    const slot = pane < 0 ? slots.used(id) : slots.slotOf(pane, id);
    const row = this.#codec.reader(value);
    slots.restoreFlags(slot, row.readBoolean(), row.readBoolean());
    for (const lane of slots.lanes.list) lane.read(slot, row);
  }

  *changes(): Iterable<StateChange> {
    for (const slot of this.#slots.takeDirty()) yield this.#entry(slot);
  }

  *entries(): Iterable<StateChange> {
    for (let slot = 0; slot < this.#slots.size; slot++) yield this.#entry(slot);
  }

  clear(): void {
    this.#slots.clear();
  }

  #entry(slot: number): StateChange {
    const slots = this.#slots;
    const keyRow = this.#codec.writer();
    if (slots.clock !== undefined) keyRow.writeNumber(slots.paneStart(slots.paneOf(slot)));
    slots.keys.write(slots.keyOf(slot), keyRow);
    const key = keyRow.take();
    const row = this.#codec.writer();
    row.writeBoolean(slots.isMarked(slot));
    row.writeBoolean(slots.hasRows(slot));
    for (const lane of slots.lanes.list) lane.write(slot, row);
    return { partition: this.#codec.partitionOf(key), key, value: row.take() };
  }
}
