import { grown } from "./grown.ts";

/** The panes of a table, numbered from 0, with the slots of each. */
export class PaneSlots {
  /** Starts of panes by their number, and back. */
  readonly #starts: number[] = [];
  readonly #ids = new Map<number, number>();
  /** By pane: how many slots it has, and the one that was added last; −1 where it has none. By slot: the one that was added to its pane before it. */
  readonly #counts: number[] = [];
  readonly #last: number[] = [];
  #before = new Int32Array(64);
  /** By slot: the one that was added to its pane after it; −1 for the last. Known from when a slot was first taken out. */
  #after: Int32Array | undefined;

  /** How many panes are numbered; some may have no slot. */
  get size(): number {
    return this.#starts.length;
  }

  /** The number of the pane that starts at a time, given now if it is new. */
  idOf(start: number): number {
    let id = this.#ids.get(start);
    if (id === undefined) {
      id = this.#starts.push(start) - 1;
      this.#counts.push(0);
      this.#last.push(-1);
      this.#ids.set(start, id);
    }
    return id;
  }

  /** The number of the pane that starts at a time, or −1. */
  find(start: number): number {
    return this.#ids.get(start) ?? -1;
  }

  start(pane: number): number {
    return this.#starts[pane]!;
  }

  hasSlots(pane: number): boolean {
    return this.#last[pane]! >= 0;
  }

  /** Adds a slot to its pane. */
  add(pane: number, slot: number): void {
    if (slot >= this.#before.length) this.#before = grown(this.#before, slot + 1);
    const last = this.#last[pane]!;
    this.#before[slot] = last;
    this.#last[pane] = slot;
    this.#counts[pane]!++;
    if (this.#after !== undefined) this.#link(last, slot);
  }

  /** Takes a slot from its pane. */
  remove(pane: number, slot: number): void {
    const after = (this.#after ??= this.#linkedAfter())[slot]!;
    const before = this.#before[slot]!;
    if (after < 0) this.#last[pane] = before;
    else this.#before[after] = before;
    if (before >= 0) this.#after[before] = after;
    this.#counts[pane]!--;
  }

  /** The slots of a pane, ascending. */
  slots(pane: number): Int32Array {
    const slots = new Int32Array(this.#counts[pane]!);
    this.#fill(slots, pane);
    return slots;
  }

  /** The slots of some panes, one pane after the other, those of each ascending. */
  slotsOfEach(panes: Int32Array): Int32Array {
    const slots = new Int32Array(panes.reduce((sum, pane) => sum + this.#counts[pane]!, 0));
    let from = 0;
    for (const pane of panes) {
      const to = from + this.#counts[pane]!;
      this.#fill(slots.subarray(from, to), pane);
      from = to;
    }
    return slots;
  }

  /** From the back, as the slots are linked. */
  #fill(slots: Int32Array, pane: number): void {
    const before = this.#before;
    let isAscending = true;
    for (let at = slots.length - 1, slot = this.#last[pane]!, after = Infinity; at >= 0; at--) {
      if (slot > after) isAscending = false;
      slots[at] = after = slot;
      slot = before[slot]!;
    }
    if (!isAscending) slots.sort();
  }

  /** Takes all slots from a pane. */
  empty(pane: number): void {
    this.#counts[pane] = 0;
    this.#last[pane] = -1;
  }

  /** Keeps only the panes of these numbers, which ascend, without their slots; the first of them becomes number 0, and so on. */
  keep(ids: Int32Array): void {
    const starts = Array.from(ids, (id) => this.#starts[id]!);
    this.clear();
    for (const start of starts) this.idOf(start);
  }

  clear(): void {
    this.#starts.length = 0;
    this.#counts.length = 0;
    this.#last.length = 0;
    this.#ids.clear();
    this.#after = undefined;
  }

  /** Notes that a slot was added to its pane, after another one or (−1) as the first. */
  #link(before: number, slot: number): void {
    const after = (this.#after = grown(this.#after ?? new Int32Array(0), slot + 1));
    after[slot] = -1;
    if (before >= 0) after[before] = slot;
  }

  #linkedAfter(): Int32Array {
    const linked = new Int32Array(this.#before.length);
    for (const last of this.#last) for (let slot = last, after = -1; slot >= 0; after = slot, slot = this.#before[slot]!) linked[slot] = after;
    return linked;
  }
}
