import { ExpiryHeap } from "./expiry-heap.ts";
import { timeOfKey } from "./time-of-key.ts";
import type { GroupSpec } from "./groups.ts";
import { KeyTuple } from "./keys/key-tuple.ts";
import { PairIndex } from "./keys/pair-index.ts";
import { renumbering } from "./keys/renumbering.ts";
import { PaneClock } from "./pane-clock.ts";
import { PaneSlots } from "./pane-slots.ts";
import { SlotLanes } from "./slot-lanes.ts";
import { TouchedSlots } from "./touched-slots.ts";
import type { Lane } from "./lanes/lane.ts";

const marked = 1;
const hasRows = 2;
const alive = 4;
const stored = 8;
/** Reached since `touched` and the next delta both last forgot some. */
const reached = 16;

/** So many slots may be dead before a table is compacted. */
const deadAtLeast = 1024;

/**
 * The entries of a group table. Without a window a slot is the number of its key; with one it is the number of a pair of pane and
 * key. A slot whose group is given back is dead until the group comes again, or until the table is compacted, which numbers those alive anew.
 */
export class GroupSlots<Lanes extends Readonly<Record<string, Lane>>> {
  readonly keys: KeyTuple;
  readonly clock: PaneClock | undefined;
  readonly panes = new PaneSlots();
  readonly lanes: SlotLanes<Lanes>;
  /** What `changes` of the table tells of: slots of this batch, and those that are to be told of again. */
  readonly touched = new TouchedSlots();
  /** What the next delta holds: slots that changed since the last one. */
  readonly #dirty = new TouchedSlots();
  /** Slots touched since the metric was taken. */
  updated = 0;
  readonly #entries = new PairIndex();
  /** By key: the slot that a row of it reached last, to be looked at before it is searched for; −1 where there is none. */
  #slotOfKey = new Int32Array(64).fill(-1);
  /** Panes by the end of their last window, or slots by the time in their key: where the table's spec says what closes them. */
  readonly #expiry: ExpiryHeap | undefined;
  /** The column of the key that is a time; −1 where none closes groups. */
  readonly #timeColumn: number;
  readonly #deadAtLeast: number;
  /** By slot: whether the group is in the result, whether rows have reached it, whether it is alive, and whether the last delta's state has it. */
  #flags = new Uint8Array(64);
  #size = 0;
  #live = 0;
  /** The pane of the last row: its number and span. */
  #pane = -1;
  #paneStart = 0;
  #paneEnd = 0;

  constructor(spec: GroupSpec, lanes: Lanes, seed: number, compactAbove: number = deadAtLeast) {
    this.keys = new KeyTuple(Object.values(spec.key), seed);
    this.clock = spec.window === undefined ? undefined : new PaneClock(spec.window);
    this.lanes = new SlotLanes(lanes);
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
    for (let slot = 0; slot < this.#size; slot++) if (this.isLive(slot)) slots[next++] = slot;
    return slots;
  }

  /** A slot that is alive, at or after a share (0 to below 1) of all. Only where there is one. */
  liveSlotAt(share: number): number {
    let slot = Math.floor(share * this.#size);
    while (!this.isLive(slot)) slot = (slot + 1) % this.#size;
    return slot;
  }

  isLive(slot: number): boolean {
    return (this.#flags[slot]! & alive) !== 0;
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
    if (key >= this.#slotOfKey.length) this.#makeRoomForKey(key);
    const last = this.#slotOfKey[key]!;
    if (last >= 0 && this.#entries.first(last) === pane) return this.reach(last);
    return (this.#slotOfKey[key] = this.reach(this.#entries.idOf(pane, key)));
  }

  #makeRoomForKey(key: number): void {
    const slots = new Int32Array(Math.max(key + 1, this.#slotOfKey.length * 2)).fill(-1);
    slots.set(this.#slotOfKey);
    this.#slotOfKey = slots;
  }

  /** The slot of a pane and a key, or −1 where it is not alive. */
  findSlot(pane: number, key: number): number {
    const slot = this.#entries.find(pane, key);
    return slot >= 0 && this.isLive(slot) ? slot : -1;
  }

  paneOf(slot: number): number {
    return this.#entries.first(slot);
  }

  /** The number of a slot's key. */
  keyOf(slot: number): number {
    return this.clock === undefined ? slot : this.#entries.second(slot);
  }

  /** Makes room for a slot that may be new, brings it to life, and gives it back. */
  used(slot: number): number {
    if (slot >= this.#size) this.#grow(slot);
    if (!this.isLive(slot)) this.#begin(slot);
    return slot;
  }

  /** Notes that a row reached a slot, which may be new, and gives it back. */
  reach(slot: number): number {
    return (this.#flags[slot]! & reached) !== 0 ? slot : this.#reachFirst(slot);
  }

  #reachFirst(slot: number): number {
    this.used(slot);
    this.touched.add(slot);
    this.#dirty.add(slot);
    this.updated++;
    this.#flags[slot]! |= hasRows | reached;
    return slot;
  }

  /** Starts a batch: none of its groups has changed yet. Slots that are mostly dead are numbered anew. */
  beginBatch(): void {
    // What was reached is dirty too, and forgotten with that where a delta was taken.
    if (this.#dirty.size > 0) for (const slot of this.#dirty.slots()) this.#flags[slot]! &= ~reached;
    this.touched.clear();
    const dead = this.#size - this.#live;
    if (dead > this.#live && dead > this.#deadAtLeast && this.#dirty.size === 0) this.#compact();
  }

  /** The slots for the next delta, which are then forgotten. */
  takeDirty(): readonly number[] {
    const dirty = this.#dirty.take();
    for (const slot of dirty) this.#flags[slot]! &= ~reached;
    return dirty;
  }

  hasRows(slot: number): boolean {
    return (this.#flags[slot]! & hasRows) !== 0;
  }

  isMarked(slot: number): boolean {
    return (this.#flags[slot]! & marked) !== 0;
  }

  setMarked(slot: number, present: boolean): void {
    if (present === this.isMarked(slot)) return;
    this.#flags[slot]! ^= marked;
    this.#dirty.add(slot);
  }

  /** Whether the stored state has the slot's group. */
  isStored(slot: number): boolean {
    return (this.#flags[slot]! & stored) !== 0;
  }

  /** Notes whether the stored state has the slot's group. */
  setStored(slot: number, isStored: boolean): void {
    if (isStored) this.#flags[slot]! |= stored;
    else this.#flags[slot]! &= ~stored;
  }

  /** Takes up what a checkpoint holds of a slot. */
  restoreFlags(slot: number, isMarked: boolean, rows: boolean): void {
    this.#flags[slot] = alive | stored | (isMarked ? marked : 0) | (rows ? hasRows : 0);
  }

  /** The earliest time (µs) at which groups expire; undefined where none does. */
  get nextExpiry(): number | undefined {
    return this.#expiry?.firstTime;
  }

  /** The slots whose every window ends after `after` and by `bound` (or whose time key lies there; µs), by that time, then by slot. A null time is +∞. */
  expiring(after: number, bound: number): readonly number[] {
    const due = (this.#expiry?.upTo(bound) ?? []).map((id) => ({ id, time: this.#expiryOf(id) })).filter(({ time }) => time > after);
    due.sort((a, b) => (a.time === b.time ? a.id - b.id : a.time - b.time));
    if (this.clock === undefined) return due.map(({ id }) => id);
    const slots: number[] = [];
    for (const { id } of due) for (const slot of this.panes.slots(id)) slots.push(slot);
    return slots;
  }

  /** Gives back the groups that expire by `bound`; returns how many. */
  expire(bound: number): number {
    if (!((this.nextExpiry ?? NaN) <= bound)) return 0;
    const slots = this.expiring(-Infinity, bound);
    for (const slot of slots) {
      this.#flags[slot]! &= stored;
      this.#dirty.add(slot);
      const id = this.clock === undefined ? slot : this.paneOf(slot);
      this.#expiry?.remove(id);
      if (this.clock !== undefined) this.panes.empty(id);
    }
    this.#live -= slots.length;
    this.lanes.resetEach(slots);
    return slots.length;
  }

  clear(): void {
    this.lanes.reset(this.#size);
    this.#flags.fill(0);
    this.touched.clear();
    this.#dirty.clear();
    this.keys.clear();
    this.#entries.clear();
    this.panes.clear();
    this.#expiry?.clear();
    this.#pane = -1;
    this.#slotOfKey.fill(-1);
    this.#size = 0;
    this.#live = 0;
    this.updated = 0;
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
    if (slot < this.#flags.length) return;
    const flags = new Uint8Array(Math.max(slot + 1, this.#flags.length * 2));
    flags.set(this.#flags);
    this.#flags = flags;
  }

  /** Brings a slot to life. */
  #begin(slot: number): void {
    this.#flags[slot]! |= alive;
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
      const panes = renumbering(slots.map((slot) => this.#entries.first(slot)), this.panes.size);
      const keys = renumbering(slots.map((slot) => this.#entries.second(slot)), this.keys.size);
      this.#entries.keep(slots, panes.numbers, keys.numbers);
      this.keys.keep(keys.kept);
      this.panes.keep(panes.kept);
    }
    slots.forEach((from, to) => (this.#flags[to] = this.#flags[from]!));
    this.#flags.fill(0, slots.length, this.#size);
    this.lanes.moveToFront(slots);
    this.#size = slots.length;
    this.#pane = -1;
    this.#slotOfKey.fill(-1);
    this.#expiry?.clear();
    for (let slot = 0; slot < this.#size; slot++) this.#enter(slot);
  }
}
