import type { TextLane } from "../../formats/columns/texts.ts";
import type { RowKind } from "../../connectors/sink.ts";
import type { GroupSpec, Groups, GroupView } from "../groups.ts";
import type { KeptGroups, StateChange, StateCodec, StateDescriptor } from "../stateful.ts";
import { GroupRows } from "./group-rows.ts";
import { firstSlots, keyReaders } from "./key-readers.ts";
import { noCodec } from "./no-codec.ts";
import { descriptorName, storedKey, type StoredKey } from "./stored-key.ts";
import { TouchedSlots } from "./touched-slots.ts";

/** Groups by key without a window. A key is stored as its columns, a value as the mark (is its row in the result?) and the lanes. */
export class GroupTable<Spec extends GroupSpec> implements KeptGroups {
  readonly descriptor: StateDescriptor;
  readonly #names: readonly string[];
  readonly #rows: GroupRows;
  readonly #lanes: ReturnType<Spec["lanes"]>;
  readonly #keys: readonly StoredKey[];
  readonly #codec: StateCodec | undefined;
  readonly #touched = new TouchedSlots();
  /** Touched since the last delta; a batch's own unless groups were touched for show only. */
  readonly #changed = new TouchedSlots();
  readonly #present = new Set<number>();
  #updated = 0;

  constructor(operatorId: string, spec: Spec, codec: StateCodec | undefined) {
    const lanes = spec.lanes() as ReturnType<Spec["lanes"]>;
    const descriptors = Object.values(spec.key);
    this.#names = Object.keys(spec.key);
    this.#lanes = lanes;
    this.#rows = new GroupRows(descriptors, Object.values(lanes));
    this.#keys = descriptors.map(storedKey);
    this.#codec = codec;
    this.descriptor = { operatorId, key: descriptors.map(descriptorName), value: ["mark", ...Object.values(lanes).map((lane) => lane.form)] };
    this.#ensureGlobal();
  }

  groups(): Groups<Spec> {
    const rows = this.#rows;
    const touch = (slot: number): number => {
      this.#touch(slot);
      return slot;
    };
    const width = this.#names.length;
    return {
      lanes: this.#lanes,
      slot:
        width === 0 ? () => touch(0)
        : width === 1 ? (value: unknown) => touch(rows.slotOfOne(value))
        : width === 2 ? (first: unknown, second: unknown) => touch(rows.slotOfTwo(first, second))
        : (...key: readonly unknown[]) => touch(rows.slot(key)),
      slotOfText: (lane: TextLane, row: number) => touch(rows.slotOfText(lane, row)),
      snapshot: () => this.#view(firstSlots(rows.size)),
      changes: () => this.#view(width === 0 ? firstSlots(1) : this.#touched.slots),
      clear: () => this.clear(),
    };
  }

  #touch(slot: number): void {
    this.#touched.ensure(slot + 1);
    this.#touched.touch(slot);
    this.#changed.ensure(slot + 1);
    this.#changed.touch(slot);
  }

  #view(slots: Int32Array): GroupView<Spec> {
    return {
      slots,
      keys: keyReaders(this.#names, (slot, column) => this.#rows.value(slot, column)) as GroupView<Spec>["keys"],
      lanes: this.#lanes,
      windowStart: () => 0,
      windowEnd: () => 0,
      mark: (slot, present) => this.#mark(slot, present),
    };
  }

  #mark(slot: number, present: boolean): RowKind | undefined {
    const before = this.#present.has(slot);
    if (before === present) return present ? "+U" : undefined;
    if (present) this.#present.add(slot);
    else this.#present.delete(slot);
    this.#changed.ensure(slot + 1);
    this.#changed.touch(slot);
    return present ? "+I" : "-D";
  }

  /** A table without keys has its one group from the start. */
  #ensureGlobal(): void {
    if (this.#names.length === 0) this.#rows.slot([]);
  }

  beginBatch(): void {
    this.#touched.begin();
  }

  touchAll(): void {
    this.#touched.ensure(this.#rows.size);
    for (let slot = 0; slot < this.#rows.size; slot++) this.#touched.touch(slot);
  }

  get rows(): number {
    return this.#rows.size;
  }

  takeUpdatedRows(): number {
    const updated = this.#updated;
    this.#updated = 0;
    return updated;
  }

  *changes(): Iterable<StateChange> {
    const slots = this.#changed.slots;
    this.#updated = slots.length;
    for (const slot of slots) yield this.#stored(slot);
    this.#changed.begin();
  }

  *entries(): Iterable<StateChange> {
    for (let slot = 0; slot < this.#rows.size; slot++) yield this.#stored(slot);
  }

  #stored(slot: number): StateChange {
    const codec = this.#codec ?? noCodec();
    const out = codec.writer();
    this.#keys.forEach((key, column) => key.write(this.#rows.value(slot, column), out));
    const key = out.take();
    out.writeBoolean(this.#present.has(slot));
    for (const lane of this.#rows.lanes) lane.write(slot, out);
    return { partition: codec.partitionOf(key), key, value: out.take() };
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const codec = this.#codec ?? noCodec();
    const keyRow = codec.reader(key);
    const slot = this.#rows.slot(this.#keys.map((stored) => stored.read(keyRow)));
    const row = codec.reader(value);
    if (row.readBoolean()) this.#present.add(slot);
    else this.#present.delete(slot);
    for (const lane of this.#rows.lanes) {
      lane.reset(slot);
      lane.read(slot, row);
    }
  }

  clear(): void {
    this.#rows.clear();
    this.#present.clear();
    this.#touched.begin();
    this.#changed.begin();
    this.#ensureGlobal();
  }
}
