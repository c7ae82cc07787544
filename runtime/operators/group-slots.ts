import type { Weight } from "../changelog/change.ts";
import { takenBackTooOften } from "../errors/taken-back-too-often.ts";
import { ExpiryHeap } from "./expiry-heap.ts";
import { timeOfKey } from "./time-of-key.ts";
import type { GroupSpec } from "./groups.ts";
import type { LastRowLane } from "./last-row-lane.ts";
import { KeyTuple } from "./keys/key-tuple.ts";
import { renumbering } from "./keys/renumbering.ts";
import { PaneClock } from "./pane-clock.ts";
import { PaneEntries } from "./pane-entries.ts";
import { PaneSlots } from "./pane-slots.ts";
import { RowCounts } from "./row-counts.ts";
import { SlotFlags } from "./slot-flags.ts";
import { SlotLanes } from "./slot-lanes.ts";
import { CountLane } from "./lanes/count.ts";
import type { Lane } from "./lanes/lane.ts";
import { intList } from "./number-list.ts";

/** So many slots may be dead before a table is compacted. */
const deadAtLeast = 1024;

/** The form of the lane that counts the rows of a group: a table that begins to take rows back has none stored. */
const rowsForm = "rows";

/**
 * The entries of a group table. Without a window a slot is the number of its key; with one it is the number of a pair of pane and
 * key. A slot whose group is given back is dead until the group comes again, or until the table is compacted, which numbers those alive anew.
 */
export class GroupSlots<Lanes extends Readonly<Record<string, Lane>>> {
  readonly keys: KeyTuple;
  readonly clock: PaneClock | undefined;
  readonly panes = new PaneSlots();
  readonly lanes: SlotLanes<Lanes>;
  readonly flags = new SlotFlags();
  /** Updated: slots that rows reached, each once a batch. */
  readonly counts = new RowCounts();
  /** How many rows each slot has; only of a table that is counted. */
  readonly rows: CountLane | undefined;
  /** The row that stands for the group of a slot, where the changes of groups are rows. */
  lastRows: LastRowLane<unknown> | undefined;
  /** How often a batch has begun. */
  batches = 0;
  readonly #entries = new PaneEntries();
  /** Panes by the end of their last window, or slots by the time in their key: where the table's spec says what closes them. */
  readonly #expiry: ExpiryHeap | undefined;
  /** The column of the key that is a time; −1 where none closes groups. */
  readonly #timeColumn: number;
  readonly #deadAtLeast: number;
  /** Slots that may have nothing left. */
  readonly #emptied = intList();
  /** A slot that stays when it has no rows: that of a table's one group. */
  readonly #keptSlot: number;
  #size = 0;
  #live = 0;
  /** The pane of the last row: its number and span. */
  #pane = -1;
  #paneStart = 0;
  #paneEnd = 0;

  constructor(spec: GroupSpec, lanes: Lanes, seed: number, compactAbove: number = deadAtLeast) {
    this.keys = new KeyTuple(Object.values(spec.key), seed);
    this.clock = spec.window === undefined ? undefined : new PaneClock(spec.window);
    this.rows = spec.counted === undefined ? undefined : new CountLane(rowsForm);
    this.lanes = new SlotLanes(lanes, this.rows === undefined ? [] : [this.rows]);
    this.#keptSlot = spec.window === undefined && this.keys.columns.length === 0 ? 0 : -1;
    this.#expiry = spec.closing === undefined ? undefined : new ExpiryHeap();
    this.#timeColumn = typeof spec.closing === "object" ? Object.keys(spec.key).indexOf(spec.closing.key) : -1;
    this.#deadAtLeast = compactAbove;
    if (spec.closing !== undefined && this.#timeColumn < 0 === (spec.window === undefined)) throw new TypeError("a table with a window closes by it, one without by a key");
  }

  /** How many groups are alive. */
  get live(): number {
    return this.#live;
  }

  /** Slots that are alive, ascending. */
  liveSlots(): Int32Array {
    const slots = new Int32Array(this.#live);
    let next = 0;
    for (let slot = 0; slot < this.#size; slot++) if (this.flags.isLive(slot)) slots[next++] = slot;
    return slots;
  }

  /** A slot that is alive, at or after a share (0 to below 1) of all. Only where there is one. */
  liveSlotAt(share: number): number {
    let slot = Math.floor(share * this.#size);
    while (!this.flags.isLive(slot)) slot = (slot + 1) % this.#size;
    return slot;
  }

  /** The number of the pane that a time lies in. */
  paneAt(time: number): number {
    if (!(time >= this.#paneStart && time < this.#paneEnd && this.#pane >= 0)) this.#moveTo(time);
    return this.#pane;
  }

  /** The slot of a pane and a key; it is made if it is not there. */
  slotOf(pane: number, key: number): number {
    return this.used(this.#entries.idOf(pane, key));
  }

  /** `reach` for a pane and a key. */
  reachIn(pane: number, key: number): number {
    return this.reach(this.#entries.idOf(pane, key));
  }

  /** The slot of a pane and a key, or −1 where it is not alive. */
  findSlot(pane: number, key: number): number {
    const slot = this.#entries.find(pane, key);
    return slot >= 0 && this.flags.isLive(slot) ? slot : -1;
  }

  paneOf(slot: number): number {
    return this.#entries.paneOf(slot);
  }

  /** The number of a slot's key. */
  keyOf(slot: number): number {
    return this.clock === undefined ? slot : this.#entries.keyOf(slot);
  }

  /** Makes room for a slot that may be new, brings it to life, and gives it back. */
  used(slot: number): number {
    if (slot >= this.#size) this.#grow(slot);
    if (!this.flags.isLive(slot)) this.#begin(slot);
    return slot;
  }

  /** Notes that a row reached a slot, which may be new, and gives it back. */
  reach(slot: number): number {
    return this.flags.isReached(slot) ? slot : this.#reachFirst(slot);
  }

  #reachFirst(slot: number): number {
    this.flags.reach(this.used(slot));
    this.counts.updated++;
    return slot;
  }

  /** Counts a row of a slot, or takes one back; gives the slot back. */
  weigh(slot: number, weight: Weight): number {
    const { rows } = this;
    if (rows === undefined) throw new TypeError("the table does not count its rows");
    rows.change(slot, weight);
    if (rows.get(slot) <= 0) this.#emptyOf(slot, rows.get(slot));
    return slot;
  }

  #emptyOf(slot: number, count: number): void {
    if (count < 0) takenBackTooOften("a row of a group");
    this.#emptied.push(slot);
  }

  /** Whether the group of a slot is in the result: in a table that is counted, if it has rows. */
  isThere(slot: number): boolean {
    return this.rows === undefined || slot === this.#keptSlot || this.rows.get(slot) > 0;
  }

  /** Those of some slots whose groups are in the result. */
  there(slots: Int32Array): Int32Array {
    return this.rows === undefined ? slots : slots.filter((slot) => this.isThere(slot));
  }

  /** Notes whether a group's row is in the result; gives whether it was. */
  mark(slot: number, present: boolean): boolean {
    const before = this.flags.isMarked(slot);
    this.flags.setMarked(slot, present);
    if (!present) this.loosen(slot);
    return before;
  }

  /** Notes that something is gone from a slot, which may have nothing left. */
  loosen(slot: number): void {
    if (this.rows !== undefined && this.rows.get(slot) === 0) this.#emptied.push(slot);
  }

  /** Gives back the slots that have nothing left, after all that the batch emits. */
  sweep(): void {
    const { rows, flags } = this;
    if (rows === undefined || this.#emptied.length === 0) return;
    for (const slot of this.#emptied.view()) {
      if (!flags.isLive(slot) || rows.get(slot) > 0 || slot === this.#keptSlot) continue;
      if (flags.isMarked(slot) || this.lastRows?.has(slot) === true) flags.dropRows(slot);
      else this.#remove(slot);
    }
    this.#emptied.clear();
  }

  #remove(slot: number): void {
    let id = slot;
    if (this.clock !== undefined) {
      id = this.paneOf(slot);
      this.panes.remove(id, slot);
    }
    if (this.clock === undefined || !this.panes.hasSlots(id)) this.#expiry?.remove(id);
    this.flags.end(slot);
    this.lanes.resetEach([slot]);
    this.#live--;
    this.counts.removed++;
  }

  /** Starts a batch: none of its groups has changed yet. Slots that are mostly dead are numbered anew. */
  beginBatch(): void {
    this.batches++;
    this.flags.forgetTouched();
    const dead = this.#size - this.#live;
    if (dead > this.#live && dead > this.#deadAtLeast && this.#emptied.length === 0 && !this.flags.owesDead) this.#compact();
  }

  /** The earliest time (µs) at which groups expire; undefined where none does. */
  get nextExpiry(): number | undefined {
    return this.#expiry?.firstTime;
  }

  /** The slots whose every window ends after `after` and by `bound` (or whose time key lies there; µs), by that time, then by slot. A null time is +∞. */
  expiring(after: number, bound: number): Int32Array {
    const ids = this.#due(after, bound);
    return this.clock === undefined ? ids : this.panes.slotsOfEach(ids);
  }

  /** Numbers of what expires, panes or slots, as in `expiring`. */
  #due(after: number, bound: number): Int32Array {
    const due = (this.#expiry?.upTo(bound) ?? []).map((id) => ({ id, time: this.#expiryOf(id) })).filter(({ time }) => time > after);
    due.sort((a, b) => (a.time === b.time ? a.id - b.id : a.time - b.time));
    return Int32Array.from(due, ({ id }) => id);
  }

  /** Gives back the groups that expire by `bound`; returns how many. */
  expire(bound: number): number {
    if (!((this.nextExpiry ?? NaN) <= bound)) return 0;
    const ids = this.#due(-Infinity, bound);
    const slots = this.clock === undefined ? ids : this.panes.slotsOfEach(ids);
    for (const id of ids) {
      this.#expiry?.remove(id);
      if (this.clock !== undefined) this.panes.empty(id);
    }
    for (let at = 0; at < slots.length; at++) this.flags.end(slots[at]!);
    this.#live -= slots.length;
    this.lanes.resetEach(slots);
    return slots.length;
  }

  clear(): void {
    this.lanes.reset(this.#size);
    this.flags.clear();
    this.keys.clear();
    this.#entries.clear();
    this.panes.clear();
    this.#expiry?.clear();
    this.#emptied.clear();
    this.#pane = -1;
    this.#size = 0;
    this.#live = 0;
    this.counts.clear();
  }

  #moveTo(time: number): void {
    const clock = this.clock!;
    this.#paneStart = clock.paneOf(time);
    this.#paneEnd = clock.paneEnd(this.#paneStart);
    this.#pane = this.panes.idOf(this.#paneStart);
  }

  #grow(slot: number): void {
    this.#size = slot + 1;
    this.lanes.ensure(slot);
    this.flags.ensure(slot);
  }

  /** Brings a slot to life. */
  #begin(slot: number): void {
    this.flags.begin(slot);
    this.#live++;
    this.#enter(slot);
  }

  /** Puts a slot that is alive among those of its pane, and among what expires. */
  #enter(slot: number): void {
    let id = slot;
    if (this.clock !== undefined) {
      id = this.paneOf(slot);
      const isOpen = this.panes.hasSlots(id);
      this.panes.add(id, slot);
      if (isOpen) return;
    }
    this.#expiry?.set(id, this.#expiryOf(id));
  }

  /** When a pane or a slot expires: microseconds, +∞ for a null. */
  #expiryOf(id: number): number {
    const { clock } = this;
    return clock === undefined ? timeOfKey(this.keys.get(id, this.#timeColumn)) : clock.lastWindowOf(this.panes.start(id)) + clock.size;
  }

  #compact(): void {
    const slots = this.liveSlots();
    if (this.clock === undefined) {
      this.keys.keep(slots);
    } else {
      const panes = renumbering(slots.map((slot) => this.#entries.paneOf(slot)), this.panes.size);
      const keys = renumbering(slots.map((slot) => this.#entries.keyOf(slot)), this.keys.size);
      this.#entries.keep(slots, panes.numbers, keys.numbers);
      this.keys.keep(keys.kept);
      this.panes.keep(panes.kept);
    }
    this.flags.keep(slots);
    this.lanes.moveToFront(slots);
    this.#size = slots.length;
    this.#pane = -1;
    this.#expiry?.clear();
    for (let slot = 0; slot < this.#size; slot++) this.#enter(slot);
  }
}
