/** The panes of a table, numbered from 0, with the slots of each. */
export class PaneSlots {
  /** Starts of panes by their number, and back. */
  readonly #starts: number[] = [];
  readonly #ids = new Map<number, number>();
  /** By pane: the slot that was added last; −1 where it has none. By slot: the one that was added to its pane before it. */
  readonly #last: number[] = [];
  #before = new Int32Array(64);

  /** How many panes are numbered; some may have no slot. */
  get size(): number {
    return this.#starts.length;
  }

  /** The number of the pane that starts at a time, given now if it is new. */
  idOf(start: number): number {
    let id = this.#ids.get(start);
    if (id === undefined) {
      id = this.#starts.push(start) - 1;
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
    if (slot >= this.#before.length) {
      const before = new Int32Array(Math.max(slot + 1, this.#before.length * 2));
      before.set(this.#before);
      this.#before = before;
    }
    this.#before[slot] = this.#last[pane]!;
    this.#last[pane] = slot;
  }

  /** The slots of a pane, ascending. */
  slots(pane: number): Int32Array {
    const last = this.#last[pane]!;
    let count = 0;
    for (let slot = last; slot >= 0; slot = this.#before[slot]!) count++;
    const slots = new Int32Array(count);
    let isAscending = true;
    for (let slot = last, after = Infinity; slot >= 0; after = slot, slot = this.#before[slot]!) {
      if (slot > after) isAscending = false;
      slots[--count] = slot;
    }
    return isAscending ? slots : slots.sort();
  }

  /** Takes all slots from a pane. */
  empty(pane: number): void {
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
    this.#last.length = 0;
    this.#ids.clear();
  }
}
