import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { Weight } from "../changelog/change.ts";
import type { LanesOf } from "../state/lane-packer.ts";
import type { SortKey } from "./row-order.ts";
import { FirstRows } from "./first-rows.ts";
import { grown } from "./grown.ts";
import { GroupClosing } from "./group-closing.ts";
import { GroupSlots } from "./group-slots.ts";
import type { GroupSpec } from "./groups.ts";
import type { KeyTuple } from "./keys/key-tuple.ts";
import { keysInOrder } from "./key-order.ts";
import { KeptSlots } from "./kept-slots.ts";
import type { OperatorBatch, StateCodec } from "./stateful.ts";
import { intList } from "./number-list.ts";
import { comparePacked } from "./packed-row.ts";
import { PackedRows } from "./packed-rows.ts";
import type { Columns, TopOfLanes, TopSpec } from "./top.ts";
import { TopBatch } from "./top-batch.ts";
import type { TopRanks } from "./top-ranks.ts";

const noKey: readonly unknown[] = [];
const noNumber = (): number => NaN;

/** A `top` over rows that stay: of each key only its first rows are kept, and most others are refused before they are made. */
export class FirstRowsTop<Row extends object, By> extends TopBatch<Row, By> {
  readonly slots: GroupSlots<{ readonly rows: FirstRows<Row> }>;
  readonly closing: GroupClosing;
  readonly groupSpec: GroupSpec;
  readonly #rows: FirstRows<Row>;
  readonly #compareBy: (a: By, b: By) => number;
  readonly #numberOf: (by: By) => number;
  readonly #numberOfValue: (value: unknown) => number;
  readonly #keyTypes: readonly TypeDescriptor[];
  /** Whether rows of equal numbers are equal by what orders them. */
  readonly #hasOneKey: boolean;
  readonly #packed: PackedRows<Row> | undefined;
  readonly #ofLanes: TopOfLanes;
  /** Rows of the lanes that are not packed yet: by slot the row plus one, and the slots. */
  #waiting = new Int32Array(0);
  readonly #waitingSlots = intList();
  /** The key that `admits` was last asked of, and its slot. */
  #askedKey = noKey;
  #askedSlot = 0;

  constructor(spec: TopSpec<Columns, By>, ranks: TopRanks<Row>, seed: number, compactAbove?: number) {
    super(ranks);
    const [only, ...others] = spec.by;
    this.#compareBy = only !== undefined && others.length === 0 ? only : (a, b) => firstDifference(spec.by, a, b);
    this.#hasOneKey = others.length === 0;
    this.#numberOf = only?.numberOf ?? noNumber;
    this.#numberOfValue = only?.numberOfValue ?? noNumber;
    const { per, closing, underWatermark, columns } = spec;
    this.#packed = spec.packed === true ? new PackedRows<Row>(columns) : undefined;
    const lanes = { rows: new FirstRows<Row>(ranks, columns, this.#packed) };
    this.groupSpec = { key: per, lanes: () => lanes, ...(closing === undefined ? {} : { closing }), ...(underWatermark === undefined ? {} : { underWatermark }) };
    this.slots = new GroupSlots(this.groupSpec, lanes, seed, compactAbove);
    this.#ofLanes = takerOf(this.slots.keys, (slot, row, first) => this.#addOfLanes(slot, row, first), () => this.#endOfLanes());
    this.closing = new GroupClosing(this.groupSpec, this.slots);
    this.#rows = lanes.rows;
    this.#keyTypes = Object.values<TypeDescriptor>(per);
  }

  isLate(time: number | null): boolean {
    return this.closing.isLate(time);
  }

  /** The slot of a key is kept for an `add` with the same array. */
  admits(key: readonly unknown[], by: By): boolean {
    if (this.ranks.count < 1) return false;
    const slot = this.slots.keys.idOf(key);
    this.#askedKey = key;
    this.#askedSlot = slot;
    const number = this.#numberOf(by);
    const bound = this.#rows.bound(slot);
    if (number < bound) return true;
    if (number > bound) return false;
    const last = this.#rows.last(slot);
    // Every row has what the order reads.
    return last === undefined || this.#compareBy(by, last as By & Row) <= 0;
  }

  add(key: readonly unknown[], row: Row): void {
    const slot = key === this.#askedKey ? this.#askedSlot : this.slots.keys.idOf(key);
    this.#askedKey = noKey;
    const number = this.ranks.numberOf(row);
    if (this.#rows.refuses(slot, row, number)) return;
    this.#reach(slot);
    this.#rows.insert(slot, row, number);
  }

  override from(lanes: LanesOf<Row>): TopOfLanes {
    if (this.#packed === undefined) return super.from(lanes);
    this.#packed.from(lanes);
    // Of a batch that failed.
    for (const slot of this.#waitingSlots.view()) this.#waiting[slot] = 0;
    this.#waitingSlots.clear();
    return this.#ofLanes;
  }

  change(weight: Weight, key: readonly unknown[], row: Row): void {
    if (weight === -1) throw new TypeError("a row that was taken back reached a top that keeps only the first ones");
    this.add(key, row);
  }

  beginBatch({ isRebuilding }: OperatorBatch): void {
    this.begin(isRebuilding);
    this.#askedKey = noKey;
  }

  #addOfLanes(slot: number, row: number, first: unknown): void {
    const number = this.#numberOfValue(first);
    const bound = this.#rows.bound(slot);
    if (number > bound) return;
    const waiting = slot < this.#waiting.length ? this.#waiting[slot]! : 0;
    if (!(number < bound) && !this.#isBetter(row, slot, waiting - 1, this.#hasOneKey && number === bound)) return;
    this.#reach(slot);
    if (slot >= this.#waiting.length) this.#waiting = grown(this.#waiting, slot + 1);
    this.#waiting[slot] = row + 1;
    if (waiting === 0) this.#waitingSlots.push(slot);
    this.#rows.replaced(slot, number);
  }

  #endOfLanes(): void {
    const packed = this.#packed!;
    for (const slot of this.#waitingSlots.view()) {
      packed.pack(this.#waiting[slot]! - 1);
      packed.keep(slot);
      this.#waiting[slot] = 0;
    }
    this.#waitingSlots.clear();
  }

  /** Whether a row of the lanes comes before that of its slot. `waiting`: the slot's row in the lanes, or −1; `isEqual`: they are so by what orders them. */
  #isBetter(row: number, slot: number, waiting: number, isEqual: boolean): boolean {
    const packed = this.#packed!;
    if (waiting >= 0) {
      const order = isEqual ? 0 : this.ranks.compareBy(packed.rowOfLanes(row), packed.rowOfLanes(waiting));
      return (order === 0 ? packed.compareOfLanes(row, waiting) : order) < 0;
    }
    if (!packed.has(slot)) return true;
    packed.pack(row);
    const mine = packed.packed;
    const other = packed.row(slot);
    const order = isEqual ? 0 : this.ranks.compareBy(mine, other);
    return (order === 0 ? comparePacked(mine, other) : order) < 0;
  }

  #reach(slot: number): void {
    if (this.slots.flags.isReached(slot)) return;
    this.noteBefore(slot, this.#rows.of(slot));
    this.slots.reach(slot);
  }

  protected firstOf(slot: number): readonly Row[] {
    return this.#rows.of(slot);
  }

  protected allKeys(): Int32Array {
    return this.#inOrder(this.slots.liveSlots());
  }

  protected closedKeys(): Int32Array {
    const { after, upTo } = this.closing.closed;
    if (this.closing.isClosing) return this.#inOrder(this.slots.expiring(after, upTo));
    return upTo === Infinity ? this.allKeys() : new Int32Array(0);
  }

  #inOrder(slots: Int32Array): Int32Array {
    return keysInOrder(slots, this.#keyTypes.map((type, column) => ({ type, get: (slot) => this.slots.keys.get(slot, column) })));
  }
}

/** Takes rows with their keys; those of one or two columns are not gathered in an array. `add`: takes a row of a slot. */
function takerOf(keys: KeyTuple, add: (slot: number, row: number, first: unknown) => void, end: () => void): TopOfLanes {
  switch (keys.columns.length) {
    case 1:
      return { add: (row, first, one) => add(keys.idOfOne(one), row, first), end };
    case 2:
      return { add: (row, first, one, two) => add(keys.idOfTwo(one, two), row, first), end };
    default:
      return { add: (row, first, ...key) => add(keys.idOf(key), row, first), end };
  }
}

/** Such a `top` as the checkpoint sees it: one entry a key, with all of its rows, which are few. */
export class KeptFirstRows<Row extends object, By> extends KeptSlots {
  readonly #top: FirstRowsTop<Row, By>;

  constructor(operatorId: string, top: FirstRowsTop<Row, By>, codec: StateCodec) {
    super(operatorId, top.groupSpec, top.slots, top.closing, codec);
    this.#top = top;
  }

  override beginBatch(batch: OperatorBatch): void {
    super.beginBatch(batch);
    this.#top.beginBatch(batch);
  }

  override touchAll(): void {
    // Rows are shown again whichever keys changed.
  }
}

/** How two rows compare by several keys. */
function firstDifference<By>(keys: readonly SortKey<By>[], a: By, b: By): number {
  for (const key of keys) {
    const order = key(a, b);
    if (order !== 0) return order;
  }
  return 0;
}
