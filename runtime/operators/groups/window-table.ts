import type { RowKind } from "../../connectors/sink.ts";
import type { GroupSpec, Groups, GroupView, WindowSpec } from "../groups.ts";
import type { Lane } from "../lanes/lane.ts";
import type { KeptGroups, StateChange, StateCodec, StateDescriptor } from "../stateful.ts";
import { GroupRows } from "./group-rows.ts";
import { firstSlots, keyReaders } from "./key-readers.ts";
import { noCodec } from "./no-codec.ts";
import { paneSize, paneStart, windowsOfPane } from "./pane-windows.ts";
import { descriptorName, storedKey, type StoredKey } from "./stored-key.ts";
import { TouchedSlots } from "./touched-slots.ts";

/** Entries of the state: a pane with its lanes, or the mark that a window's row is in the result. */
const paneEntry = false;
const markEntry = true;

/**
 * Groups by window and key, kept by pane: a row is added to one pane whatever the number of windows that it falls into, and a
 * window's lanes are those of its panes, merged when they are asked for.
 */
export class WindowTable<Spec extends GroupSpec> implements KeptGroups {
  readonly descriptor: StateDescriptor;
  readonly #names: readonly string[];
  readonly #spec: WindowSpec;
  readonly #pane: number;
  /** By pane start, then the key columns. */
  readonly #panes: GroupRows;
  readonly #paneLanes: ReturnType<Spec["lanes"]>;
  /** By window start, then the key columns' numbers in `#panes`; made anew for each view. */
  readonly #windows: GroupRows;
  readonly #windowLanes: ReturnType<Spec["lanes"]>;
  readonly #keys: readonly StoredKey[];
  readonly #codec: StateCodec | undefined;
  readonly #touched = new TouchedSlots();
  readonly #changed = new TouchedSlots();
  /** Windows whose row is in the result, by their text of window start and key numbers; the value is the key. */
  readonly #present = new Map<string, readonly number[]>();
  readonly #markChanges = new Map<string, readonly number[]>();
  #updated = 0;

  constructor(operatorId: string, spec: Spec, window: WindowSpec, codec: StateCodec | undefined) {
    const descriptors = Object.values(spec.key);
    this.#names = Object.keys(spec.key);
    this.#spec = window;
    this.#pane = paneSize(window);
    this.#paneLanes = spec.lanes() as ReturnType<Spec["lanes"]>;
    this.#windowLanes = spec.lanes() as ReturnType<Spec["lanes"]>;
    this.#panes = new GroupRows(["timestamp", ...descriptors], Object.values(this.#paneLanes));
    this.#windows = new GroupRows(["timestamp", ...descriptors.map(() => "int" as const)], Object.values(this.#windowLanes));
    this.#keys = descriptors.map(storedKey);
    this.#codec = codec;
    this.descriptor = {
      operatorId,
      key: [`window(${window.size},${window.slide},${window.offset})`, ...descriptors.map(descriptorName)],
      value: ["pane or mark", ...Object.values(this.#paneLanes).map((lane) => lane.form)],
    };
  }

  groups(): Groups<Spec> {
    const { offset } = this.#spec;
    const pane = this.#pane;
    const panes = this.#panes;
    const touch = (slot: number): number => {
      this.#touched.ensure(slot + 1);
      this.#touched.touch(slot);
      this.#changed.ensure(slot + 1);
      this.#changed.touch(slot);
      return slot;
    };
    const width = this.#names.length;
    return {
      lanes: this.#paneLanes,
      slot:
        width === 0 ? (time: unknown) => touch(panes.slotOfOne(paneStart(Number(time), pane, offset)))
        : width === 1 ? (time: unknown, key: unknown) => touch(panes.slotOfTwo(paneStart(Number(time), pane, offset), key))
        : (time: unknown, ...key: readonly unknown[]) => touch(panes.slot([paneStart(Number(time), pane, offset), ...key])),
      slotOfText: () => noCodec(),
      snapshot: () => this.#view(firstSlots(panes.size)),
      changes: () => this.#view(this.#touched.slots, true),
      clear: () => this.clear(),
    };
  }

  /** The windows that hold any of these panes; with `whole`, each with all its panes, touched or not. */
  #view(paneSlots: Int32Array, whole = false): GroupView<Spec> {
    const windows = this.#windows;
    windows.clear();
    for (const slot of paneSlots) {
      for (const start of windowsOfPane(Number(this.#panes.value(slot, 0)), this.#spec)) {
        const before = windows.size;
        const window = windows.slot([start, ...this.#keyNumbers(slot)]);
        if (!whole) mergeLanes(windows.lanes, window, this.#panes.lanes, slot);
        else if (window >= before) this.#mergePanes(window, start, slot);
      }
    }
    return {
      slots: firstSlots(windows.size),
      keys: keyReaders(this.#names, (slot, column) => this.#panes.columns[column + 1]!.value(Number(windows.value(slot, column + 1)))) as GroupView<Spec>["keys"],
      lanes: this.#windowLanes,
      windowStart: (slot) => Number(windows.value(slot, 0)),
      windowEnd: (slot) => Number(windows.value(slot, 0)) + this.#spec.size,
      mark: (slot, present) => this.#mark(this.#windowKey(slot), present),
    };
  }

  /** Merges every pane that a window and a key have. `like`: a pane of that key. */
  #mergePanes(window: number, start: number, like: number): void {
    const tuple = new Int32Array([0, ...this.#keyNumbers(like)]);
    for (let pane = start; pane < start + this.#spec.size; pane += this.#pane) {
      tuple[0] = this.#panes.columns[0]!.id(pane);
      const slot = this.#panes.findTuple(tuple);
      if (slot >= 0) mergeLanes(this.#windows.lanes, window, this.#panes.lanes, slot);
    }
  }

  #keyNumbers(paneSlot: number): number[] {
    return this.#names.map((_name, column) => this.#panes.part(paneSlot, column + 1));
  }

  /** Window start, then the numbers of the key's values. */
  #windowKey(slot: number): readonly number[] {
    return [0, ...this.#names.keys()].map((_part, column) => Number(this.#windows.value(slot, column)));
  }

  #mark(key: readonly number[], present: boolean): RowKind | undefined {
    const text = key.join();
    const before = this.#present.has(text);
    if (before === present) return present ? "+U" : undefined;
    if (present) this.#present.set(text, key);
    else this.#present.delete(text);
    this.#markChanges.set(text, key);
    return present ? "+I" : "-D";
  }

  beginBatch(): void {
    this.#touched.begin();
  }

  touchAll(): void {
    this.#touched.ensure(this.#panes.size);
    for (let slot = 0; slot < this.#panes.size; slot++) this.#touched.touch(slot);
  }

  get rows(): number {
    return this.#panes.size;
  }

  takeUpdatedRows(): number {
    const updated = this.#updated;
    this.#updated = 0;
    return updated;
  }

  *changes(): Iterable<StateChange> {
    const slots = this.#changed.slots;
    this.#updated = slots.length;
    for (const slot of slots) yield this.#storedPane(slot);
    for (const [text, key] of this.#markChanges) yield this.#storedMark(key, this.#present.has(text));
    this.#changed.begin();
    this.#markChanges.clear();
  }

  *entries(): Iterable<StateChange> {
    for (let slot = 0; slot < this.#panes.size; slot++) yield this.#storedPane(slot);
    for (const key of this.#present.values()) yield this.#storedMark(key, true);
  }

  #storedPane(slot: number): StateChange {
    const codec = this.#codec ?? noCodec();
    const key = this.#storedKey(paneEntry, Number(this.#panes.value(slot, 0)), this.#keyNumbers(slot), codec);
    const out = codec.writer();
    for (const lane of this.#panes.lanes) lane.write(slot, out);
    return { partition: this.#partitionOf(this.#keyNumbers(slot), codec), key, value: out.take() };
  }

  #storedMark(key: readonly number[], present: boolean): StateChange {
    const codec = this.#codec ?? noCodec();
    const [start = 0, ...numbers] = key;
    return { partition: this.#partitionOf(numbers, codec), key: this.#storedKey(markEntry, start, numbers, codec), value: present ? new Uint8Array() : undefined };
  }

  #storedKey(kind: boolean, start: number, numbers: readonly number[], codec: StateCodec): Uint8Array {
    const out = codec.writer();
    out.writeBoolean(kind);
    out.writeNumber(start);
    this.#writeKeys(numbers, out);
    return out.take();
  }

  /** All windows of a key lie in one partition. */
  #partitionOf(numbers: readonly number[], codec: StateCodec): number {
    const out = codec.writer();
    this.#writeKeys(numbers, out);
    return codec.partitionOf(out.take());
  }

  #writeKeys(numbers: readonly number[], out: ReturnType<StateCodec["writer"]>): void {
    numbers.forEach((number, column) => this.#keys[column]!.write(this.#panes.columns[column + 1]!.value(number), out));
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    const codec = this.#codec ?? noCodec();
    const row = codec.reader(key);
    const kind = row.readBoolean();
    const start = row.readNumber();
    const values = this.#keys.map((stored) => stored.read(row));
    if (kind === markEntry) {
      const numbers = [start, ...values.map((part, column) => this.#panes.columns[column + 1]!.id(part))];
      this.#present.set(numbers.join(), numbers);
      return;
    }
    const slot = this.#panes.slot([start, ...values]);
    const lanes = codec.reader(value);
    for (const lane of this.#panes.lanes) {
      lane.reset(slot);
      lane.read(slot, lanes);
    }
  }

  clear(): void {
    this.#panes.clear();
    this.#windows.clear();
    this.#present.clear();
    this.#markChanges.clear();
    this.#touched.begin();
    this.#changed.begin();
  }
}

function mergeLanes(into: readonly Lane[], slot: number, from: readonly Lane[], fromSlot: number): void {
  into.forEach((lane, at) => lane.merge(slot, from[at]!, fromSlot));
}
