import { grown } from "./grown.ts";

/** Numbers (0 or more) by the time at which each is due, the earliest first: a binary heap that knows where each of them lies. */
export class ExpiryHeap {
  #size = 0;
  #ids = new Int32Array(16);
  #times = new Float64Array(16);
  /** By number: its place in the heap plus one; 0 where it is not there. */
  #places = new Int32Array(16);

  get size(): number {
    return this.#size;
  }

  /** The time of the number that is due first; undefined where there is none. */
  get firstTime(): number | undefined {
    return this.#size === 0 ? undefined : this.#times[0]!;
  }

  /** The number that is due first. Only where there is one. */
  get first(): number {
    return this.#ids[0]!;
  }

  /** The time at which a number is due; +∞ where it is not there. */
  timeOf(id: number): number {
    const at = (this.#places[id] ?? 0) - 1;
    return at < 0 ? Infinity : this.#times[at]!;
  }

  /** Puts a number in, or gives it another time. */
  set(id: number, time: number): void {
    if (id >= this.#places.length) this.#places = grown(this.#places, id + 1);
    let at = this.#places[id]! - 1;
    if (at < 0) {
      at = this.#size++;
      if (at === this.#ids.length) {
        this.#ids = grown(this.#ids, at + 1);
        this.#times = grown(this.#times, at + 1);
      }
    }
    this.#settle(at, id, time);
  }

  remove(id: number): void {
    const at = (this.#places[id] ?? 0) - 1;
    if (at < 0) return;
    this.#places[id] = 0;
    const last = --this.#size;
    if (at !== last) this.#settle(at, this.#ids[last]!, this.#times[last]!);
  }

  /** The numbers whose time is at or before `bound`, in no order. */
  upTo(bound: number): number[] {
    const found: number[] = [];
    const open = [0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at >= this.#size || this.#times[at]! > bound) continue;
      found.push(this.#ids[at]!);
      open.push(2 * at + 1, 2 * at + 2);
    }
    return found;
  }

  /** Takes out the numbers whose time is at or before `bound`, in no order. */
  takeUpTo(bound: number): number[] {
    const found = this.upTo(bound);
    if (found.length === this.#size) this.clear();
    else for (const id of found) this.remove(id);
    return found;
  }

  clear(): void {
    for (let at = 0; at < this.#size; at++) this.#places[this.#ids[at]!] = 0;
    this.#size = 0;
  }

  /** Lays a number down where it belongs, coming from a place that is free. */
  #settle(from: number, id: number, time: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#times[above]! <= time) break;
      this.#lay(at, this.#ids[above]!, this.#times[above]!);
      at = above;
    }
    for (let below = 2 * at + 1; below < this.#size; below = 2 * at + 1) {
      if (below + 1 < this.#size && this.#times[below + 1]! < this.#times[below]!) below++;
      if (this.#times[below]! >= time) break;
      this.#lay(at, this.#ids[below]!, this.#times[below]!);
      at = below;
    }
    this.#lay(at, id, time);
  }

  #lay(at: number, id: number, time: number): void {
    this.#ids[at] = id;
    this.#times[at] = time;
    this.#places[id] = at + 1;
  }
}
