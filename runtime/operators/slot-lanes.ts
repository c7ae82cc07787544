import type { Lane } from "./lanes/lane.ts";

/** The lanes of a table by name, with the room that its slots need. Lanes that the table has for itself come behind those. */
export class SlotLanes<Lanes extends Readonly<Record<string, Lane>>> {
  readonly byName: Lanes;
  readonly #list: Lane[];
  #capacity = 0;

  constructor(lanes: Lanes, own: readonly Lane[] = []) {
    this.byName = lanes;
    this.#list = [...Object.values(lanes), ...own];
  }

  get list(): readonly Lane[] {
    return this.#list;
  }

  /** Adds a lane of the table's own. */
  attach(lane: Lane): void {
    lane.ensure(this.#capacity);
    this.#list.push(lane);
  }

  /** Makes a slot exist; a new one is empty. */
  ensure(slot: number): void {
    if (slot < this.#capacity) return;
    this.#capacity = Math.max(slot + 1, this.#capacity * 2, 64);
    for (const lane of this.list) lane.ensure(this.#capacity);
  }

  /** Makes the slots below `count` empty again. */
  reset(count: number): void {
    for (const lane of this.list) for (let slot = 0; slot < count; slot++) lane.reset(slot);
  }

  /** Makes some slots empty again. Lane by lane, so that each loop meets one kind of lane. */
  resetEach(slots: Iterable<number>): void {
    for (const lane of this.list) for (const slot of slots) lane.reset(slot);
  }

  /** Moves slots, which ascend, to the front, the first of them to slot 0 and so on. Slots between them are empty. */
  moveToFront(slots: Int32Array): void {
    for (const lane of this.list) {
      slots.forEach((from, to) => {
        if (from !== to) lane.move(to, from);
      });
    }
  }
}
