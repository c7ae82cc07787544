import { grown } from "./grown.ts";

/** Which slots were touched since some moment, each once, in the order of the first touch. */
export class TouchedSlots {
  #flags = new Uint8Array(64);
  #slots: number[] = [];

  get size(): number {
    return this.#slots.length;
  }

  add(slot: number): void {
    if (slot >= this.#flags.length) this.#flags = grown(this.#flags, slot + 1);
    if (this.#flags[slot] === 1) return;
    this.#flags[slot] = 1;
    this.#slots.push(slot);
  }

  has(slot: number): boolean {
    return this.#flags[slot] === 1;
  }

  /** The slots touched so far. */
  slots(): readonly number[] {
    return this.#slots;
  }

  /** The slots touched so far, which are then forgotten. */
  take(): readonly number[] {
    const taken = this.#slots;
    this.clear();
    return taken;
  }

  clear(): void {
    for (const slot of this.#slots) this.#flags[slot] = 0;
    this.#slots = [];
  }
}
