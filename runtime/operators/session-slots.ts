import { ExpiryHeap } from "./expiry-heap.ts";
import { grown } from "./grown.ts";
import type { KeptKeys } from "./kept-keys.ts";
import { RowCounts } from "./row-counts.ts";
import { SlotChunks } from "./slot-chunks.ts";
import { SlotLanes } from "./slot-lanes.ts";
import { TouchedSlots } from "./touched-slots.ts";
import type { Lane } from "./lanes/lane.ts";

/** What `#only` says of a key without a session, and of one with several; else it is the slot of its one session. */
const [none, several] = [-1, -2] as const;

/**
 * The sessions of a table: a slot each, with its span and key. A slot is used again when its session is gone, so slots stay below the most
 * sessions that there were at a time. Spans of a key never touch: a row that touches some makes one of them (semantics S1).
 */
export class SessionSlots<Lanes extends Readonly<Record<string, Lane>>> {
  readonly keys: KeptKeys;
  readonly lanes: SlotLanes<Lanes>;
  /** Updated: sessions of keys that rows reached; removed: those that closed or that another begins in place of (Spark: SessionWindowStateStoreSaveExec). */
  readonly counts = new RowCounts();
  /** Whether sessions are given back. */
  readonly #closes: boolean;
  /** Sessions by an end that they had; a later one is seen when it comes up. Empty where none is given back. */
  readonly #expiry = new ExpiryHeap();
  /** By slot. */
  #starts = new Float64Array(64);
  #ends = new Float64Array(64);
  #owners = new Int32Array(64);
  /** 1 where the session began where it does when the batch began. */
  #isOld = new Uint8Array(64);
  readonly #free: number[] = [];
  #end = 0;
  /** By key. */
  #only = new Int32Array(64);
  readonly #several = new Map<number, SlotChunks>();
  /** Keys that rows of this batch reached. */
  readonly #reached = new TouchedSlots();

  constructor(keys: KeptKeys, lanes: Lanes, closes: boolean) {
    this.keys = keys;
    this.lanes = new SlotLanes(lanes);
    this.#closes = closes;
  }

  get size(): number {
    return this.#end - this.#free.length;
  }

  startOf(slot: number): number {
    return this.#starts[slot]!;
  }

  endOf(slot: number): number {
    return this.#ends[slot]!;
  }

  /** The number of a session's key. */
  ownerOf(slot: number): number {
    return this.#owners[slot]!;
  }

  /** The slot of the session that a span of a key falls into; sessions that it bridges become the earliest of them. */
  reach(key: readonly unknown[], start: number, end: number): number {
    const owner = this.#ownerOf(key);
    this.#reached.add(owner);
    this.keys.touch(owner);
    const only = this.#only[owner]!;
    if (only >= 0) {
      if (start <= this.#ends[only]! && this.#starts[only]! <= end) return this.#extend(only, start, end);
      return this.#add(owner, start, end);
    }
    if (only === none) return this.#add(owner, start, end);
    const sessions = this.#several.get(owner)!;
    sessions.seek(start, this.#ends);
    const slot = sessions.current;
    if (slot < 0 || this.#starts[slot]! > end) return this.#insert(sessions, owner, start, end);
    for (let next = sessions.next; next >= 0 && this.#starts[next]! <= end; next = sessions.next) {
      this.#extend(slot, this.#starts[slot]!, this.#ends[next]!);
      for (const lane of this.lanes.list) lane.merge(slot, lane, next);
      sessions.removeNext();
      if (this.#isOld[next] === 1) this.counts.removed++;
      this.#expiry.remove(next);
      this.#release(next);
    }
    if (sessions.size === 1) this.#keepOnly(owner, slot);
    return this.#extend(slot, start, end);
  }

  /** Makes room for a key that is new: it has no session yet. */
  begin(owner: number): void {
    if (owner >= this.#only.length) this.#only = grown(this.#only, owner + 1);
    this.#only[owner] = none;
  }

  /** A session of a key as a checkpoint holds it; its lanes are to be read into the slot. */
  restore(owner: number, start: number, end: number): number {
    const slot = this.#add(owner, start, end);
    this.#isOld[slot] = 1;
    return slot;
  }

  /** The sessions of a key, the earliest first. */
  of(owner: number): Iterable<number> {
    const only = this.#only[owner]!;
    return only >= 0 ? [only] : (this.#several.get(owner) ?? []);
  }

  countOf(owner: number): number {
    return this.#only[owner]! >= 0 ? 1 : (this.#several.get(owner)?.size ?? 0);
  }

  *all(): Iterable<number> {
    for (let slot = 0; slot < this.#end; slot++) if (this.#owners[slot]! >= 0) yield slot;
  }

  /** The sessions that end at or before `bound`, by end, then start, then key. */
  upTo(bound: number): readonly number[] {
    const found = bound === Infinity ? [...this.all()] : this.#expiry.upTo(bound).filter((slot) => this.#ends[slot]! <= bound);
    return found.sort((left, right) => this.#ends[left]! - this.#ends[right]! || this.#starts[left]! - this.#starts[right]! || this.keys.compare(this.#owners[left]!, this.#owners[right]!));
  }

  /** Counts what the batch changed; what comes after is of the next batch. */
  settle(): void {
    for (const owner of this.#reached.take()) {
      this.counts.updated += this.countOf(owner);
      for (const slot of this.of(owner)) this.#isOld[slot] = 1;
    }
  }

  /** Gives back the sessions that end at or before `bound`. */
  evict(bound: number): void {
    const expiry = this.#expiry;
    for (let time = expiry.firstTime; time !== undefined && time <= bound; time = expiry.firstTime) {
      const slot = expiry.first;
      const end = this.#ends[slot]!;
      if (end > bound) {
        expiry.set(slot, end);
        continue;
      }
      expiry.remove(slot);
      this.#takeOut(slot);
      this.#release(slot);
      this.counts.removed++;
    }
  }

  clear(): void {
    this.lanes.reset(this.#end);
    this.keys.clear();
    this.#expiry.clear();
    this.#several.clear();
    this.#reached.clear();
    this.#only.fill(none);
    this.#free.length = 0;
    this.#end = 0;
    this.counts.clear();
  }

  #ownerOf(key: readonly unknown[]): number {
    const before = this.keys.size;
    const owner = this.keys.idOf(key);
    if (this.keys.size !== before) this.begin(owner);
    return owner;
  }

  #extend(slot: number, start: number, end: number): number {
    if (end > this.#ends[slot]!) this.#ends[slot] = end;
    if (start < this.#starts[slot]!) {
      this.#starts[slot] = start;
      if (this.#isOld[slot] === 1) this.counts.removed++;
      this.#isOld[slot] = 0;
    }
    return slot;
  }

  /** A new session of a key that has none or one, or several that it does not touch. */
  #add(owner: number, start: number, end: number): number {
    const only = this.#only[owner]!;
    if (only === none) {
      const slot = this.#take(owner, start, end);
      this.#only[owner] = slot;
      return slot;
    }
    let sessions = this.#several.get(owner);
    if (sessions === undefined) this.#several.set(owner, (sessions = new SlotChunks(only)));
    this.#only[owner] = several;
    sessions.seek(start, this.#ends);
    return this.#insert(sessions, owner, start, end);
  }

  #insert(sessions: SlotChunks, owner: number, start: number, end: number): number {
    const slot = this.#take(owner, start, end);
    sessions.insert(slot);
    return slot;
  }

  #keepOnly(owner: number, slot: number): void {
    this.#several.delete(owner);
    this.#only[owner] = slot;
  }

  /** Takes a session out of those of its key, and the key away with its last. */
  #takeOut(slot: number): void {
    const owner = this.#owners[slot]!;
    if (this.#only[owner] === slot) {
      this.#only[owner] = none;
      this.keys.remove(owner);
      return;
    }
    const sessions = this.#several.get(owner)!;
    this.keys.touch(owner);
    sessions.seek(this.#ends[slot]!, this.#ends);
    sessions.remove();
    if (sessions.size > 1) return;
    for (const last of sessions) this.#keepOnly(owner, last);
  }

  #take(owner: number, start: number, end: number): number {
    const slot = this.#free.pop() ?? this.#end++;
    if (slot >= this.#starts.length) {
      this.#starts = grown(this.#starts, slot + 1);
      this.#ends = grown(this.#ends, slot + 1);
      this.#owners = grown(this.#owners, slot + 1);
      this.#isOld = grown(this.#isOld, slot + 1);
    }
    this.lanes.ensure(slot);
    this.#starts[slot] = start;
    this.#ends[slot] = end;
    this.#owners[slot] = owner;
    this.#isOld[slot] = 0;
    if (this.#closes) this.#expiry.set(slot, end);
    return slot;
  }

  #release(slot: number): void {
    for (const lane of this.lanes.list) lane.reset(slot);
    this.#owners[slot] = -1;
    this.#free.push(slot);
  }
}
