import type { Change, Weight } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { RowKind } from "../connectors/sink.ts";
import type { TextLane } from "../formats/columns/texts.ts";
import { GroupClosing } from "./group-closing.ts";
import { type ChangedGroups, GroupRows } from "./group-rows.ts";
import { GroupSlots } from "./group-slots.ts";
import type { Groups, GroupSpec, GroupView } from "./groups.ts";
import { KeptSlots } from "./kept-slots.ts";
import type { Columns, RowOf } from "./top.ts";
import { TextKeys } from "./keys/text-keys.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";
import { WindowMerge } from "./window-merge.ts";

/** A table that is kept in the checkpoint: as emitted code sees it, and as the executor and the state store drive it. */
export interface KeptTable<Spec extends GroupSpec> {
  readonly groups: Groups<Spec>;
  readonly state: KeptOperator;
}

/**
 * Makes a table whose groups survive a restart. `seed` starts its hashes: any number, best a random one, and never stored. `compactAbove`: how many
 * groups may be gone before what they took is used again.
 */
export function createGroups<Spec extends GroupSpec>(operatorId: string, spec: Spec, codec: StateCodec, seed: number = defaultSeed, compactAbove?: number): KeptTable<Spec> {
  const slots = new GroupSlots(spec, lanesOf(spec), seed, compactAbove);
  const closing = new GroupClosing(spec, slots);
  return { groups: tableOf(spec, slots, closing), state: new KeptSlots(operatorId, spec, slots, closing, codec) };
}

/** Makes a table that lives until it is cleared: its emitted code clears it before it fills it. */
export function createScratchGroups<Spec extends GroupSpec>(spec: Spec, seed: number = defaultSeed): Groups<Spec> {
  const slots = new GroupSlots(spec, lanesOf(spec), seed);
  return tableOf(spec, slots, new GroupClosing(spec, slots));
}

/** The changes of a table's groups as rows, each kept with its group. Of a table's groups once, before any row has reached it. */
export function createGroupRows<const Spec extends GroupSpec, const C extends Columns>(
  groups: Groups<Spec>, columns: C, rowOf: (groups: GroupView<Spec>, slot: number) => RowOf<C>,
): ChangingRows<Change<RowOf<C>>> {
  if (!(groups instanceof Table)) throw new TypeError("the groups are not those of a table");
  return groups.rows(columns, rowOf);
}

const defaultSeed = 0x2545f491;

const noSlots = new Int32Array(0);

type Slots<Spec extends GroupSpec> = GroupSlots<ReturnType<Spec["lanes"]>>;

/** A set of the lanes that the spec describes. */
function lanesOf<Spec extends GroupSpec>(spec: Spec): ReturnType<Spec["lanes"]> {
  // A method's return type is not inferred through the constraint of Spec.
  return spec.lanes() as ReturnType<Spec["lanes"]>;
}

function tableOf<Spec extends GroupSpec>(spec: Spec, slots: Slots<Spec>, closing: GroupClosing): Groups<Spec> {
  const keyCount = slots.keys.columns.length;
  const [none, one, two, many] = slots.clock === undefined ? ([OneGroup, KeyedGroups, TwoKeyedGroups, ManyKeyedGroups] as const) : ([WindowGroups, KeyedWindowGroups, TwoKeyedWindowGroups, ManyKeyedWindowGroups] as const);
  const Shape = keyCount === 0 ? none : keyCount === 1 ? one : keyCount === 2 ? two : many;
  return new Shape(spec, slots, closing);
}

/** What tables of every shape share. Each shape has its own `slot`, so that the loop that calls it is compiled for that shape. */
abstract class Table<Spec extends GroupSpec> implements Groups<Spec> {
  readonly lanes: ReturnType<Spec["lanes"]>;
  protected readonly slots: Slots<Spec>;
  readonly #closing: GroupClosing;
  readonly #keyNames: readonly string[];
  /** The one key column where it holds strings. */
  readonly #texts: TextKeys | undefined;
  /** Where windows are of several panes. */
  readonly #windows: WindowMerge<ReturnType<Spec["lanes"]>> | undefined;

  constructor(spec: Spec, slots: Slots<Spec>, closing: GroupClosing) {
    this.slots = slots;
    this.#closing = closing;
    this.lanes = slots.lanes.byName;
    this.#keyNames = Object.keys(spec.key);
    const [column, ...others] = slots.keys.columns;
    this.#texts = column instanceof TextKeys && others.length === 0 ? column : undefined;
    this.#windows = slots.clock === undefined || slots.clock.isTumbling ? undefined : new WindowMerge(slots, lanesOf(spec));
  }

  abstract slot(...key: readonly unknown[]): number;

  abstract slotOfChange(weight: Weight, ...key: readonly unknown[]): number;

  slotOfText(lane: TextLane, row: number): number {
    const column = this.#texts;
    return column !== undefined ? this.slots.reach(column.idOfLane(lane, row)) : notText();
  }

  slotOfTextAt(time: number, lane: TextLane, row: number): number {
    const column = this.#texts;
    return column !== undefined ? this.slots.reachIn(this.slots.paneAt(time), column.idOfLane(lane, row)) : notText();
  }

  isLate(time: number | null): boolean {
    return this.#closing.isLate(time);
  }

  closed(): GroupView<Spec> {
    const { after, upTo } = this.#closing.closed;
    if (this.#windows !== undefined) return this.#windowView(this.#windows, this.#withRows(this.#windows, this.#windows.between(after, upTo)));
    return this.#slotView(this.slots.there(this.#closing.isClosing ? this.slots.expiring(after, upTo) : upTo === Infinity ? this.slots.liveSlots() : noSlots));
  }

  snapshot(): GroupView<Spec> {
    if (this.#windows !== undefined) return this.#windowView(this.#windows, this.#withRows(this.#windows, this.#windows.between(this.#closing.openAfter, Infinity)));
    return this.#slotView(this.slots.there(this.slots.liveSlots()));
  }

  changes(): GroupView<Spec> {
    if (this.#windows !== undefined) return this.#windowView(this.#windows, range(this.#windows.touched(this.#closing.openAfter)));
    return this.#slotView(this.slots.flags.touched());
  }

  /** The changes of its groups as rows. */
  rows<Row>(columns: Columns, rowOf: (groups: GroupView<Spec>, slot: number) => Row): ChangingRows<Change<Row>> {
    const { slots } = this;
    const closing = this.#closing;
    const source = {
      slots,
      get isRebuilding(): boolean {
        return closing.isRebuilding;
      },
      changed: () => this.#changed(),
    };
    return new GroupRows(source, columns, rowOf);
  }

  clear(): void {
    this.slots.clear();
  }

  #slotView(slots: Int32Array): GroupView<Spec> {
    const table = this.slots;
    const windowStart = (slot: number): number => table.panes.start(table.paneOf(slot));
    return {
      slots,
      keys: this.#keys((slot) => table.keyOf(slot)),
      lanes: this.lanes,
      windowStart,
      windowEnd: (slot) => windowStart(slot) + (table.clock?.size ?? 0),
      mark: (slot, present) => this.#mark(slot, present),
      markPresent: (slot) => this.#markPresent(slot),
      isThere: (slot) => table.isThere(slot),
    };
  }

  #windowView(windows: WindowMerge<ReturnType<Spec["lanes"]>>, results: Int32Array): GroupView<Spec> {
    const table = this.slots;
    const { rows } = windows;
    return {
      slots: results,
      keys: this.#keys((result) => windows.key(result)),
      lanes: windows.lanes.byName,
      windowStart: (result) => windows.start(result),
      windowEnd: (result) => windows.start(result) + (table.clock?.size ?? 0),
      mark: (result, present) => this.#mark(this.#placeOfWindow(windows.start(result), windows.key(result), present), present),
      markPresent: (result) => this.#markPresent(this.#placeOfWindow(windows.start(result), windows.key(result), true)),
      isThere: rows === undefined ? () => true : (result) => rows.get(result) > 0,
    };
  }

  /** The first results, without those whose rows were all taken back. */
  #withRows({ rows }: WindowMerge<ReturnType<Spec["lanes"]>>, count: number): Int32Array {
    const results = range(count);
    return rows === undefined ? results : results.filter((result) => rows.get(result) > 0);
  }

  #changed(): ChangedGroups<Spec> {
    const view = this.changes();
    const windows = this.#windows;
    return { view, placeOf: windows === undefined ? (slot) => slot : (result, present) => this.#placeOfWindow(windows.start(result), windows.key(result), present) };
  }

  /** What is noted of a window is kept with the pane that starts where it starts, and is gone with it: its slot, or −1 where there is nothing to keep. */
  #placeOfWindow(start: number, key: number, present: boolean): number {
    const { slots } = this;
    if (present) return slots.slotOf(slots.panes.idOf(start), key);
    const pane = slots.panes.find(start);
    return pane < 0 ? -1 : slots.findSlot(pane, key);
  }

  #mark(slot: number, present: boolean): RowKind | undefined {
    if (present) return this.#markPresent(slot);
    return slot >= 0 && this.slots.mark(slot, false) ? "-D" : undefined;
  }

  #markPresent(slot: number): RowKind {
    return this.slots.mark(slot, true) ? "+U" : "+I";
  }

  #keys(keyOf: (slot: number) => number): GroupView<Spec>["keys"] {
    const { keys } = this.slots;
    const [first, ...others] = keys.columns;
    // Without the way through several columns where there is one.
    const valueOf = first !== undefined && others.length === 0 ? (slot: number): unknown => first.get(keyOf(slot)) : undefined;
    const getters = this.#keyNames.map((name, column) => [name, { get: valueOf ?? ((slot: number): unknown => keys.get(keyOf(slot), column)) }] as const);
    // The spec's descriptors say what the columns hold: the getters give just those values.
    return Object.fromEntries(getters) as GroupView<Spec>["keys"];
  }
}

/** No key, no window: the one group is always there, unless the table may be empty. */
class OneGroup<Spec extends GroupSpec> extends Table<Spec> {
  readonly #isAlwaysThere: boolean;

  constructor(spec: Spec, slots: Slots<Spec>, closing: GroupClosing) {
    super(spec, slots, closing);
    this.#isAlwaysThere = spec.mayBeEmpty !== true;
    if (this.#isAlwaysThere) slots.used(0);
  }

  slot(): number {
    return this.slots.reach(0);
  }

  slotOfChange(weight: Weight): number {
    const { slots } = this;
    return slots.weigh(slots.reach(0), weight);
  }

  override changes(): GroupView<Spec> {
    this.slots.flags.touch(this.slots.used(0));
    return super.changes();
  }

  override closed(): GroupView<Spec> {
    this.slots.used(0);
    return super.closed();
  }

  override snapshot(): GroupView<Spec> {
    if (this.#isAlwaysThere) this.slots.used(0);
    return super.snapshot();
  }
}

class KeyedGroups<Spec extends GroupSpec> extends Table<Spec> {
  readonly #column = this.slots.keys.columns[0]!;

  slot(key: unknown): number {
    return this.slots.reach(this.#column.idOf(key));
  }

  slotOfChange(weight: Weight, key: unknown): number {
    const { slots } = this;
    return slots.weigh(slots.reach(this.#column.idOf(key)), weight);
  }
}

/** Its two keys are not gathered in an array. */
class TwoKeyedGroups<Spec extends GroupSpec> extends Table<Spec> {
  slot(one: unknown, two: unknown): number {
    const { slots } = this;
    return slots.reach(slots.keys.idOfTwo(one, two));
  }

  slotOfChange(weight: Weight, one: unknown, two: unknown): number {
    const { slots } = this;
    return slots.weigh(slots.reach(slots.keys.idOfTwo(one, two)), weight);
  }
}

class ManyKeyedGroups<Spec extends GroupSpec> extends Table<Spec> {
  slot(...key: readonly unknown[]): number {
    const { slots } = this;
    return slots.reach(slots.keys.idOf(key));
  }

  slotOfChange(weight: Weight, ...key: readonly unknown[]): number {
    const { slots } = this;
    return slots.weigh(slots.reach(slots.keys.idOf(key)), weight);
  }
}

class WindowGroups<Spec extends GroupSpec> extends Table<Spec> {
  slot(time: unknown): number {
    const { slots } = this;
    return slots.reachIn(slots.paneAt(Number(time)), 0);
  }

  slotOfChange(weight: Weight, time: unknown): number {
    const { slots } = this;
    return slots.weigh(slots.reachIn(slots.paneAt(Number(time)), 0), weight);
  }
}

class KeyedWindowGroups<Spec extends GroupSpec> extends Table<Spec> {
  readonly #column = this.slots.keys.columns[0]!;

  slot(time: unknown, key: unknown): number {
    return this.slots.reachIn(this.slots.paneAt(Number(time)), this.#column.idOf(key));
  }

  slotOfChange(weight: Weight, time: unknown, key: unknown): number {
    const { slots } = this;
    return slots.weigh(slots.reachIn(slots.paneAt(Number(time)), this.#column.idOf(key)), weight);
  }
}

/** Its two keys are not gathered in an array. */
class TwoKeyedWindowGroups<Spec extends GroupSpec> extends Table<Spec> {
  slot(time: unknown, one: unknown, two: unknown): number {
    const { slots } = this;
    return slots.reachIn(slots.paneAt(Number(time)), slots.keys.idOfTwo(one, two));
  }

  slotOfChange(weight: Weight, time: unknown, one: unknown, two: unknown): number {
    const { slots } = this;
    return slots.weigh(slots.reachIn(slots.paneAt(Number(time)), slots.keys.idOfTwo(one, two)), weight);
  }
}

class ManyKeyedWindowGroups<Spec extends GroupSpec> extends Table<Spec> {
  slot(time: unknown, ...key: readonly unknown[]): number {
    const { slots } = this;
    return slots.reachIn(slots.paneAt(Number(time)), slots.keys.idOf(key));
  }

  slotOfChange(weight: Weight, time: unknown, ...key: readonly unknown[]): number {
    const { slots } = this;
    return slots.weigh(slots.reachIn(slots.paneAt(Number(time)), slots.keys.idOf(key)), weight);
  }
}

/** The numbers from 0, as far as they were asked for. */
let numbers = new Int32Array(64).map((_, at) => at);

function range(count: number): Int32Array {
  if (count > numbers.length) numbers = new Int32Array(Math.max(count, numbers.length * 2)).map((_, at) => at);
  return numbers.subarray(0, count);
}

function notText(): never {
  throw new TypeError("the table's key is not one string");
}
