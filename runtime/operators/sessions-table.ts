import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { RowEncoder } from "../state/row-encoder.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import type { GroupView } from "./groups.ts";
import { KeptKeys } from "./kept-keys.ts";
import { KeptSessions } from "./kept-sessions.ts";
import { SessionSlots } from "./session-slots.ts";
import type { Sessions, SessionSpec } from "./sessions.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";

const defaultSeed = 0x2545f491;

/** Makes a table of sessions that is kept in the checkpoint. `seed` starts its hashes: any number, best a random one, and never stored. */
export function createSessions<Spec extends SessionSpec>(operatorId: string, spec: Spec, codec: StateCodec, seed: number = defaultSeed): { readonly sessions: Sessions<Spec>; readonly state: KeptOperator } {
  const keys = new KeptKeys(Object.values<TypeDescriptor>(spec.key), "one zero", codec.writer(), seed);
  const table = new SessionsTable(spec, keys);
  return { sessions: table, state: new KeptSessions(operatorId, table, codec) };
}

/** Makes a table that lives until it is cleared, over rows that have come to their end: `closed` gives every session. */
export function createScratchSessions<Spec extends SessionSpec>(spec: Spec, seed: number = defaultSeed): Sessions<Spec> {
  const table = new SessionsTable(spec, new KeptKeys(Object.values<TypeDescriptor>(spec.key), "one zero", new RowEncoder(), seed));
  table.bounds.evict = Infinity;
  return table;
}

class SessionsTable<Spec extends SessionSpec> implements Sessions<Spec> {
  readonly lanes: ReturnType<Spec["lanes"]>;
  readonly slots: SessionSlots<ReturnType<Spec["lanes"]>>;
  readonly bounds = new EventTimeBounds();
  readonly closing: SessionSpec["closing"];
  readonly #keyNames: readonly string[];

  constructor(spec: Spec, keys: KeptKeys) {
    this.closing = spec.closing;
    // A method's return type is not inferred through the constraint of Spec.
    this.slots = new SessionSlots(keys, spec.lanes() as ReturnType<Spec["lanes"]>, spec.closing === "window end");
    this.lanes = this.slots.lanes.byName;
    this.#keyNames = Object.keys(spec.key);
  }

  isLate(time: number, gap: number): boolean {
    if (this.closing === undefined || time + gap > this.bounds.late) return false;
    this.slots.counts.late++;
    return true;
  }

  slot(time: number, gap: number, ...key: readonly unknown[]): number {
    return this.slots.reach(key, time, time + gap);
  }

  snapshot(): GroupView<Spec> {
    return this.#view([...this.slots.all()]);
  }

  closed(): GroupView<Spec> {
    const { evict } = this.bounds;
    // Without a watermark only the end of input closes.
    const bound = this.closing === "window end" || (this.closing === undefined && evict === Infinity) ? evict : -Infinity;
    return this.#view(this.slots.upTo(bound));
  }

  clear(): void {
    this.slots.clear();
  }

  #view(slots: readonly number[]): GroupView<Spec> {
    const table = this.slots;
    return {
      slots,
      keys: this.#keys(),
      lanes: this.lanes,
      windowStart: (slot) => table.startOf(slot),
      windowEnd: (slot) => table.endOf(slot),
      // Sessions are given once, when they close, or all anew; no batch changes a result of theirs.
      mark: () => "+I",
      markPresent: () => "+I",
      isThere: () => true,
    };
  }

  /** Getters of the key's columns. The columns of a key are read together, and those of the last key looked at are kept. */
  #keys(): GroupView<Spec>["keys"] {
    const { slots } = this;
    let owner = -1;
    let values: readonly unknown[] = [];
    const valueOf = (slot: number, column: number): unknown => {
      const wanted = slots.ownerOf(slot);
      if (wanted !== owner) values = slots.keys.values((owner = wanted));
      return values[column];
    };
    const getters = this.#keyNames.map((name, column) => [name, { get: (slot: number): unknown => valueOf(slot, column) }] as const);
    // The spec's descriptors say what the columns hold: the getters give just those values.
    return Object.fromEntries(getters) as GroupView<Spec>["keys"];
  }
}
