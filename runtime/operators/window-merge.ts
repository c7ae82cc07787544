import { CountLane } from "./lanes/count.ts";
import type { Lane } from "./lanes/lane.ts";
import type { GroupSlots } from "./group-slots.ts";
import { grown } from "./grown.ts";
import { PairIndex } from "./keys/pair-index.ts";
import { intList } from "./number-list.ts";
import { SlotLanes } from "./slot-lanes.ts";

/** So many entries are merged in one go: about what the processor has at hand. */
const mergedAtOnce = 8192;

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
  /** By result, of a table that is counted: how many rows it has. */
  readonly rows: CountLane | undefined;
  readonly #table: GroupSlots<Lanes>;
  /** By result: the window's start and the key's number. */
  #starts: Float64Array = new Float64Array(64);
  #keys = new Int32Array(64);
  #count = 0;
  /** What goes together: slots of the table, by the result that takes them in. */
  readonly #sources = intList();
  readonly #targets = intList();
  /** By key: its result in the last window that was put together; −1 at first. */
  #resultOfKey = new Int32Array(64).fill(-1);

  constructor(table: GroupSlots<Lanes>, lanes: Lanes) {
    this.#table = table;
    // As the table has them, so that a lane of it finds the one of the results by its place.
    this.rows = table.rows === undefined ? undefined : new CountLane(table.rows.form);
    this.lanes = new SlotLanes(lanes, this.rows === undefined ? [] : [this.rows]);
  }

  start(result: number): number {
    return this.#starts[result]!;
  }

  key(result: number): number {
    return this.#keys[result]!;
  }

  /** The windows that have a row and end after `after` and by `upTo` (µs), by time. Gives the number of results. */
  between(after: number, upTo: number): number {
    this.#begin();
    this.#resultOfKey = grown(this.#resultOfKey, this.#table.keys.size, -1);
    const slotsOfPane = new Map<number, Int32Array>();
    for (const start of this.#windowStarts(after, upTo)) {
      const first = this.#count;
      for (const pane of this.#panesOf(start)) {
        let slots = slotsOfPane.get(pane);
        if (slots === undefined) slotsOfPane.set(pane, (slots = this.#table.panes.slots(pane)));
        this.#gatherPane(slots, first);
      }
      this.#starts.fill(start, first, this.#count);
    }
    for (let result = 0; result < this.#count; result++) this.#resultOfKey[this.#keys[result]!] = -1;
    this.#merge();
    return this.#count;
  }

  /** Takes the slots of one pane into the results of a window, whose first is `first`. */
  #gatherPane(slots: Int32Array, first: number): void {
    this.#makeRoomForResults(slots.length);
    const table = this.#table;
    const resultOfKey = this.#resultOfKey;
    const keys = this.#keys;
    const sources = this.#sources.room(slots.length);
    const targets = this.#targets.room(slots.length);
    const before = this.#sources.length;
    let at = before;
    let count = this.#count;
    for (let n = 0; n < slots.length; n++) {
      const slot = slots[n]!;
      if (!table.flags.hasRows(slot)) continue;
      const key = table.keyOf(slot);
      let result = resultOfKey[key]!;
      if (result < first) {
        resultOfKey[key] = result = count++;
        keys[result] = key;
      }
      sources[at] = slot;
      targets[at++] = result;
    }
    this.#count = count;
    this.#sources.extend(at - before);
    this.#targets.extend(at - before);
    if (at >= mergedAtOnce) this.#merge();
  }

  /** The windows of the groups that were touched, but for those that end by `after` (µs). Gives the number of results. */
  touched(after: number): number {
    this.#begin();
    const table = this.#table;
    const results = new PairIndex();
    const windowsOfPane = new Map<number, readonly Window[]>();
    const windows = new Map<number, Window>();
    for (const slot of table.flags.touched()) {
      if (!table.flags.hasRows(slot)) continue;
      const pane = table.paneOf(slot);
      let around = windowsOfPane.get(pane);
      if (around === undefined) windowsOfPane.set(pane, (around = this.#windowsOf(pane, after, Infinity).map((start) => this.#window(start, windows))));
      const key = table.keyOf(slot);
      for (const window of around) {
        const next = results.size;
        if (results.idOf(window.id, key) === next) this.#gather(window, key);
      }
    }
    this.#merge();
    return this.#count;
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
      if (source < 0 || !this.#table.flags.hasRows(source)) continue;
      this.#sources.push(source);
      this.#targets.push(result);
    }
  }

  #begin(): void {
    this.lanes.reset(this.#count);
    this.#count = 0;
  }

  #result(start: number, key: number): number {
    this.#makeRoomForResults(1);
    const result = this.#count++;
    this.#starts[result] = start;
    this.#keys[result] = key;
    return result;
  }

  #makeRoomForResults(more: number): void {
    const count = this.#count + more;
    if (count === 0) return;
    this.lanes.ensure(count - 1);
    this.#starts = grown(this.#starts, count);
    this.#keys = grown(this.#keys, count);
  }

  /** Puts together what was gathered, lane by lane, so that each loop meets one kind of lane. */
  #merge(): void {
    const sources = this.#sources.view();
    const targets = this.#targets.view();
    this.lanes.list.forEach((lane, at) => {
      const from = this.#table.lanes.list[at]!;
      if (lane.mergeEach !== undefined) lane.mergeEach(targets, from, sources);
      else for (let n = 0; n < sources.length; n++) lane.merge(targets[n]!, from, sources[n]!);
    });
    this.#sources.clear();
    this.#targets.clear();
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
