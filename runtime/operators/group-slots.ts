import type { GroupSpec } from "./groups.ts";
import { KeyTuple } from "./keys/key-tuple.ts";
import { PairIndex } from "./keys/pair-index.ts";
import { PaneClock } from "./pane-clock.ts";
import { SlotLanes } from "./slot-lanes.ts";
import { TouchedSlots } from "./touched-slots.ts";
import type { Lane } from "./lanes/lane.ts";

const marked = 1;
const hasRows = 2;

/**
 * The entries of a group table. Without a window a slot is the number of its key; with one it is the number of a pair of pane and
 * key. Entries are never taken away but all together, so slots are dense.
 */
export class GroupSlots<Lanes extends Readonly<Record<string, Lane>>> {
  readonly keys: KeyTuple;
  readonly clock: PaneClock | undefined;
  readonly lanes: SlotLanes<Lanes>;
  /** What `changes` of the table tells of: slots of this batch, and those that are to be told of again. */
  readonly touched = new TouchedSlots();
  /** What the next delta holds: slots that changed since the last one. */
  readonly #dirty = new TouchedSlots();
  /** Slots that rows have reached since both of the above last forgot some. */
  readonly #reached = new TouchedSlots();
  /** Slots touched since the metric was taken. */
  updated = 0;
  readonly #entries = new PairIndex();
  /** Starts of panes by their number, and back. */
  readonly #paneStarts: number[] = [];
  readonly #paneIds = new Map<number, number>();
  /** By slot: whether the group is in the result, and whether rows have reached it. */
  #flags = new Uint8Array(64);
  #size = 0;
  /** The pane of the last row: its number and span. */
  #pane = -1;
  #paneStart = 0;
  #paneEnd = 0;

  constructor(spec: GroupSpec, lanes: Lanes, seed: number) {
    this.keys = new KeyTuple(Object.values(spec.key), seed);
    this.clock = spec.window === undefined ? undefined : new PaneClock(spec.window);
    this.lanes = new SlotLanes(lanes);
  }

  /** How many slots there are; all below it are in use. */
  get size(): number {
    return this.#size;
  }

  get paneCount(): number {
    return this.#paneStarts.length;
  }

  /** The number of the pane that a time lies in. */
  paneAt(time: number): number {
    if (!(time >= this.#paneStart && time < this.#paneEnd && this.#pane >= 0)) this.#moveTo(time);
    return this.#pane;
  }

  /** The number of the pane that starts at a time, or −1. */
  findPane(start: number): number {
    return this.#paneIds.get(start) ?? -1;
  }

  paneIdOf(start: number): number {
    let id = this.#paneIds.get(start);
    if (id === undefined) {
      id = this.#paneStarts.push(start) - 1;
      this.#paneIds.set(start, id);
    }
    return id;
  }

  paneStart(pane: number): number {
    return this.#paneStarts[pane]!;
  }

  /** The slot of a pane and a key; it is made if it is not there. */
  slotOf(pane: number, key: number): number {
    return this.used(this.#entries.idOf(pane, key));
  }

  /** `reach` for a pane and a key. */
  reachIn(pane: number, key: number): number {
    return this.reach(this.#entries.idOf(pane, key));
  }

  findSlot(pane: number, key: number): number {
    return this.#entries.find(pane, key);
  }

  paneOf(slot: number): number {
    return this.#entries.first(slot);
  }

  /** The number of a slot's key. */
  keyOf(slot: number): number {
    return this.clock === undefined ? slot : this.#entries.second(slot);
  }

  /** Makes room for a slot that may be new, and gives it back. */
  used(slot: number): number {
    if (slot >= this.#size) {
      this.#size = slot + 1;
      this.lanes.ensure(slot);
      if (slot >= this.#flags.length) {
        const flags = new Uint8Array(Math.max(slot + 1, this.#flags.length * 2));
        flags.set(this.#flags);
        this.#flags = flags;
      }
    }
    return slot;
  }

  /** Notes that a row reached a slot, which may be new, and gives it back. */
  reach(slot: number): number {
    return this.#reached.has(slot) ? slot : this.#reachFirst(slot);
  }

  #reachFirst(slot: number): number {
    this.used(slot);
    this.#reached.add(slot);
    this.touched.add(slot);
    this.#dirty.add(slot);
    this.updated++;
    this.#flags[slot]! |= hasRows;
    return slot;
  }

  /** Starts a batch: none of its groups has changed yet. */
  beginBatch(): void {
    this.#reached.clear();
    this.touched.clear();
  }

  /** The slots for the next delta, which are then forgotten. */
  takeDirty(): readonly number[] {
    this.#reached.clear();
    return this.#dirty.take();
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

  /** Takes up what a checkpoint holds of a slot. */
  restoreFlags(slot: number, isMarked: boolean, rows: boolean): void {
    this.#flags[slot] = (isMarked ? marked : 0) | (rows ? hasRows : 0);
  }

  clear(): void {
    this.lanes.reset(this.#size);
    this.#flags.fill(0);
    this.beginBatch();
    this.#dirty.clear();
    this.keys.clear();
    this.#entries.clear();
    this.#paneStarts.length = 0;
    this.#paneIds.clear();
    this.#pane = -1;
    this.#size = 0;
    this.updated = 0;
  }

  #moveTo(time: number): void {
    const clock = this.clock!;
    this.#paneStart = clock.paneOf(time);
    this.#paneEnd = this.#paneStart + clock.pane;
    this.#pane = this.paneIdOf(this.#paneStart);
  }
}
