import type { Lane } from "./lanes/lane.ts";
import type { GroupSlots } from "./group-slots.ts";
import { PairIndex } from "./keys/pair-index.ts";
import { SlotLanes } from "./slot-lanes.ts";

/** A window that exists: its number among those at hand, its start, and the numbers of its panes by time. */
interface Window {
  readonly id: number;
  readonly start: number;
  readonly panes: readonly number[];
}

/**
 * Windows of several panes, put together from them into lanes of their own. A result's number is its slot in these lanes, good
 * until the next `all` or `touched`.
 */
export class WindowMerge<Lanes extends Readonly<Record<string, Lane>>> {
  readonly lanes: SlotLanes<Lanes>;
  readonly #table: GroupSlots<Lanes>;
  /** By result: the window's start and the key's number. */
  readonly #starts: number[] = [];
  readonly #keys: number[] = [];
  /** What goes together: slots of the table, by the result that takes them in. */
  readonly #sources: number[] = [];
  readonly #targets: number[] = [];

  constructor(table: GroupSlots<Lanes>, lanes: Lanes) {
    this.#table = table;
    this.lanes = new SlotLanes(lanes);
  }

  start(result: number): number {
    return this.#starts[result]!;
  }

  key(result: number): number {
    return this.#keys[result]!;
  }

  /** Every window that has a row, by time. Gives the number of results. */
  all(): number {
    this.#begin();
    const slotsByPane = this.#slotsByPane();
    const resultOfKey = new Int32Array(this.#table.keys.size).fill(-1);
    for (const start of this.#windowStarts(slotsByPane.keys())) {
      const first = this.#starts.length;
      for (const pane of this.#panesOf(start)) {
        for (const slot of slotsByPane.get(pane) ?? []) {
          const key = this.#table.keyOf(slot);
          let result = resultOfKey[key]!;
          if (result < first) resultOfKey[key] = result = this.#result(start, key);
          this.#sources.push(slot);
          this.#targets.push(result);
        }
      }
    }
    return this.#merge();
  }

  /** The windows of the groups that were touched. Gives the number of results. */
  touched(): number {
    this.#begin();
    const table = this.#table;
    const results = new PairIndex();
    const windowsOfPane = new Map<number, readonly Window[]>();
    const windows = new Map<number, Window>();
    for (const slot of table.touched.slots()) {
      if (!table.hasRows(slot)) continue;
      const pane = table.paneOf(slot);
      let around = windowsOfPane.get(pane);
      if (around === undefined) windowsOfPane.set(pane, (around = this.#windowsOf(table.paneStart(pane)).map((start) => this.#window(start, windows))));
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
    this.#starts.length = 0;
    this.#keys.length = 0;
    this.#sources.length = 0;
    this.#targets.length = 0;
  }

  #result(start: number, key: number): number {
    this.#keys.push(key);
    const result = this.#starts.push(start) - 1;
    this.lanes.ensure(result);
    return result;
  }

  /** Lane by lane, so that each loop meets one kind of lane. */
  #merge(): number {
    this.lanes.list.forEach((lane, at) => {
      const from = this.#table.lanes.list[at]!;
      for (let n = 0; n < this.#sources.length; n++) lane.merge(this.#targets[n]!, from, this.#sources[n]!);
    });
    return this.#starts.length;
  }

  #slotsByPane(): ReadonlyMap<number, readonly number[]> {
    const byPane = new Map<number, number[]>();
    for (let slot = 0; slot < this.#table.size; slot++) {
      if (!this.#table.hasRows(slot)) continue;
      const pane = this.#table.paneOf(slot);
      const slots = byPane.get(pane);
      if (slots === undefined) byPane.set(pane, [slot]);
      else slots.push(slot);
    }
    return byPane;
  }

  #windowStarts(panes: Iterable<number>): readonly number[] {
    const starts = new Set<number>();
    for (const pane of panes) for (const start of this.#windowsOf(this.#table.paneStart(pane))) starts.add(start);
    return [...starts].sort((a, b) => a - b);
  }

  /** Starts of the windows that hold a pane, the latest first. */
  #windowsOf(paneStart: number): readonly number[] {
    const { size, slide, lastWindowOf } = this.#clock();
    const starts: number[] = [];
    for (let start = lastWindowOf(paneStart); start > paneStart - size; start -= slide) starts.push(start);
    return starts;
  }

  /** Numbers of the panes of a window that exist, by time. */
  #panesOf(start: number): readonly number[] {
    const { size, pane } = this.#clock();
    const panes: number[] = [];
    for (let at = start; at < start + size; at += pane) {
      const id = this.#table.findPane(at);
      if (id >= 0) panes.push(id);
    }
    return panes;
  }

  #clock(): { readonly size: number; readonly slide: number; readonly pane: number; lastWindowOf(pane: number): number } {
    const clock = this.#table.clock!;
    return { size: clock.size, slide: clock.slide, pane: clock.pane, lastWindowOf: (pane) => clock.lastWindowOf(pane) };
  }
}
