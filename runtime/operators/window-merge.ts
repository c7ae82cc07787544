import type { Lane } from "./lanes/lane.ts";
import type { GroupSlots } from "./group-slots.ts";
import { PairIndex } from "./keys/pair-index.ts";
import { doubleList, intList } from "./number-list.ts";
import { SlotLanes } from "./slot-lanes.ts";

/** A window that exists: its number among those at hand, its start, and the numbers of its panes by time. */
interface Window {
  readonly id: number;
  readonly start: number;
  readonly panes: readonly number[];
}

/**
 * Windows of several panes, put together from them into lanes of their own. A result's number is its slot in these lanes, good
 * until the next `between` or `touched`.
 */
export class WindowMerge<Lanes extends Readonly<Record<string, Lane>>> {
  readonly lanes: SlotLanes<Lanes>;
  readonly #table: GroupSlots<Lanes>;
  /** By result: the window's start and the key's number. */
  readonly #starts = doubleList();
  readonly #keys = intList();
  /** What goes together: slots of the table, by the result that takes them in. */
  readonly #sources = intList();
  readonly #targets = intList();
  /** By key: its result in the last window that was put together; −1 at first. */
  #resultOfKey = new Int32Array(64).fill(-1);

  constructor(table: GroupSlots<Lanes>, lanes: Lanes) {
    this.#table = table;
    this.lanes = new SlotLanes(lanes);
  }

  start(result: number): number {
    return this.#starts.at(result);
  }

  key(result: number): number {
    return this.#keys.at(result);
  }

  /** The windows that have a row and end after `after` and by `upTo` (µs), by time. Gives the number of results. */
  between(after: number, upTo: number): number {
    this.#begin();
    this.#makeRoomForKeys();
    const slotsOfPane = new Map<number, Int32Array>();
    for (const start of this.#windowStarts(after, upTo)) {
      const first = this.#starts.length;
      for (const pane of this.#panesOf(start)) {
        let slots = slotsOfPane.get(pane);
        if (slots === undefined) slotsOfPane.set(pane, (slots = this.#table.panes.slots(pane)));
        this.#gatherPane(start, slots, first);
      }
    }
    for (let result = 0; result < this.#keys.length; result++) this.#resultOfKey[this.#keys.at(result)] = -1;
    return this.#merge();
  }

  /** Takes the slots of one pane into the results of a window, whose first is `first`. */
  #gatherPane(start: number, slots: Int32Array, first: number): void {
    const table = this.#table;
    const resultOfKey = this.#resultOfKey;
    const sources = this.#sources.room(slots.length);
    const targets = this.#targets.room(slots.length);
    const before = this.#sources.length;
    let at = before;
    for (let n = 0; n < slots.length; n++) {
      const slot = slots[n]!;
      if (!table.hasRows(slot)) continue;
      const key = table.keyOf(slot);
      let result = resultOfKey[key]!;
      if (result < first) resultOfKey[key] = result = this.#result(start, key);
      sources[at] = slot;
      targets[at++] = result;
    }
    this.#sources.extend(at - before);
    this.#targets.extend(at - before);
  }

  /** The windows of the groups that were touched, but for those that end by `after` (µs). Gives the number of results. */
  touched(after: number): number {
    this.#begin();
    const table = this.#table;
    const results = new PairIndex();
    const windowsOfPane = new Map<number, readonly Window[]>();
    const windows = new Map<number, Window>();
    for (const slot of table.touched.slots()) {
      if (!table.hasRows(slot)) continue;
      const pane = table.paneOf(slot);
      let around = windowsOfPane.get(pane);
      if (around === undefined) windowsOfPane.set(pane, (around = this.#windowsOf(pane, after, Infinity).map((start) => this.#window(start, windows))));
      const key = table.keyOf(slot);
      for (const window of around) {
        const next = results.size;
        if (results.idOf(window.id, key) === next) this.#gather(window, key);
      }
    }
    return this.#merge();
  }

  #window(start: number, known: Map<number, Window>): Window {
    let window = known.get(start);
    if (window === undefined) known.set(start, (window = { id: known.size, start, panes: this.#panesOf(start) }));
    return window;
  }

  /** Makes the result of a window and a key, of whatever panes have the key. */
  #gather({ start, panes }: Window, key: number): void {
    const result = this.#result(start, key);
    for (const pane of panes) {
      const source = this.#table.findSlot(pane, key);
      if (source < 0 || !this.#table.hasRows(source)) continue;
      this.#sources.push(source);
      this.#targets.push(result);
    }
  }

  #begin(): void {
    this.lanes.reset(this.#starts.length);
    this.#starts.clear();
    this.#keys.clear();
    this.#sources.clear();
    this.#targets.clear();
  }

  #result(start: number, key: number): number {
    this.#keys.push(key);
    const result = this.#starts.push(start);
    this.lanes.ensure(result);
    return result;
  }

  /** Lane by lane, so that each loop meets one kind of lane. */
  #merge(): number {
    const sources = this.#sources.view();
    const targets = this.#targets.view();
    this.lanes.list.forEach((lane, at) => {
      const from = this.#table.lanes.list[at]!;
      if (lane.mergeEach !== undefined) lane.mergeEach(targets, from, sources);
      else for (let n = 0; n < sources.length; n++) lane.merge(targets[n]!, from, sources[n]!);
    });
    return this.#starts.length;
  }

  /** Room for the result of each key of the table. */
  #makeRoomForKeys(): void {
    const { size } = this.#table.keys;
    if (size <= this.#resultOfKey.length) return;
    const results = new Int32Array(Math.max(size, this.#resultOfKey.length * 2)).fill(-1);
    results.set(this.#resultOfKey);
    this.#resultOfKey = results;
  }

  /** Starts of the windows of all panes that end after `after` and by `upTo`, by time. */
  #windowStarts(after: number, upTo: number): readonly number[] {
    if (!(after < upTo)) return [];
    const { panes } = this.#table;
    const starts = new Set<number>();
    for (let pane = 0; pane < panes.size; pane++) if (panes.hasSlots(pane)) for (const start of this.#windowsOf(pane, after, upTo)) starts.add(start);
    return [...starts].sort((a, b) => a - b);
  }

  /** Starts of the windows that hold a pane and end after `after` and by `upTo`, the latest first. */
  #windowsOf(pane: number, after: number, upTo: number): readonly number[] {
    const clock = this.#table.clock!;
    const paneStart = this.#table.panes.start(pane);
    const starts: number[] = [];
    const bound = Math.max(paneStart, after);
    for (let start = Math.min(clock.lastWindowOf(paneStart), clock.lastEnded(upTo)); start + clock.size > bound; start -= clock.slide) starts.push(start);
    return starts;
  }

  /** Numbers of the panes of a window that have slots, by time. */
  #panesOf(start: number): readonly number[] {
    const { panes } = this.#table;
    const clock = this.#table.clock!;
    const found: number[] = [];
    for (let at = start; at < start + clock.size; at = clock.paneEnd(at)) {
      const pane = panes.find(at);
      if (pane >= 0 && panes.hasSlots(pane)) found.push(pane);
    }
    return found;
  }
}
