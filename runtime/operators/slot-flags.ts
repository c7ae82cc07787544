import { grown } from "./grown.ts";
import { intList } from "./number-list.ts";

const marked = 1;
const hasRows = 2;
const alive = 4;
const stored = 8;
const touched = 16;
const dirty = 32;

/** What a row leaves on a slot: all of it is there already where another row came before it. */
const reached = hasRows | touched | dirty;

/**
 * What is noted of the slots of a table, a byte each: whether the group is in the result, whether rows have reached it, whether it is alive, and
 * whether the last delta's state has it. The slots that changed are listed too, each once, in the order in which they did first.
 */
export class SlotFlags {
  #flags = new Uint8Array(64);
  /** What `changes` of the table tells of: slots of this batch, and those that are to be told of again. */
  readonly #touched = intList();
  /** What the next delta holds: slots that changed since the last one. */
  readonly #dirty = intList();

  /** Makes a slot exist; a new one has no flag. */
  ensure(slot: number): void {
    if (slot >= this.#flags.length) this.#flags = grown(this.#flags, slot + 1);
  }

  /** Whether a row has reached a slot since `touched` and the dirty ones were last forgotten. False for a slot that does not exist. */
  isReached(slot: number): boolean {
    return (this.#flags[slot]! & reached) === reached;
  }

  /** Notes that a row reached a slot. */
  reach(slot: number): void {
    this.touch(slot);
    this.soil(slot);
    this.#flags[slot]! |= hasRows;
  }

  touch(slot: number): void {
    if ((this.#flags[slot]! & touched) !== 0) return;
    this.#flags[slot]! |= touched;
    this.#touched.push(slot);
  }

  /** Notes that the next delta has to tell of a slot. */
  soil(slot: number): void {
    if ((this.#flags[slot]! & dirty) !== 0) return;
    this.#flags[slot]! |= dirty;
    this.#dirty.push(slot);
  }

  isLive(slot: number): boolean {
    return (this.#flags[slot]! & alive) !== 0;
  }

  begin(slot: number): void {
    this.#flags[slot]! |= alive;
  }

  /** Ends a slot's life. Whether it is stored stays known, for the next delta. */
  end(slot: number): void {
    this.#flags[slot]! &= ~(alive | hasRows | marked);
    this.soil(slot);
  }

  hasRows(slot: number): boolean {
    return (this.#flags[slot]! & hasRows) !== 0;
  }

  /** Notes that no row is on a slot any more. */
  dropRows(slot: number): void {
    this.#flags[slot]! &= ~hasRows;
  }

  isMarked(slot: number): boolean {
    return (this.#flags[slot]! & marked) !== 0;
  }

  setMarked(slot: number, present: boolean): void {
    if (present === this.isMarked(slot)) return;
    this.#flags[slot]! ^= marked;
    this.soil(slot);
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
  restore(slot: number, isMarked: boolean, rows: boolean): void {
    this.#flags[slot] = alive | stored | (isMarked ? marked : 0) | (rows ? hasRows : 0);
  }

  /** Good until the next slot is touched. */
  touched(): Int32Array {
    return this.#touched.view();
  }

  forgetTouched(): void {
    this.#drop(this.touched(), touched);
    this.#touched.clear();
  }

  /** Whether the next delta has to tell of a slot that is dead. Never where no delta is taken: nothing is stored then. */
  get owesDead(): boolean {
    return this.#dirty.view().some((slot) => (this.#flags[slot]! & (alive | stored)) === stored);
  }

  /** The slots for the next delta, which are then forgotten. */
  takeDirty(): Int32Array {
    const taken = this.#dirty.view().slice();
    this.#drop(taken, dirty);
    this.#dirty.clear();
    return taken;
  }

  #drop(slots: Int32Array, flag: number): void {
    const flags = this.#flags;
    for (let at = 0; at < slots.length; at++) flags[slots[at]!]! &= ~flag;
  }

  /** Moves what is noted of these slots, which ascend, to the front; the others are forgotten. Only where none is touched, and no dead one is owed. */
  keep(slots: Int32Array): void {
    const flags = this.#flags;
    this.#dirty.clear();
    for (let to = 0; to < slots.length; to++) {
      flags[to] = flags[slots[to]!]!;
      if ((flags[to]! & dirty) !== 0) this.#dirty.push(to);
    }
    flags.fill(0, slots.length);
  }

  clear(): void {
    this.#flags.fill(0);
    this.#touched.clear();
    this.#dirty.clear();
  }
}
