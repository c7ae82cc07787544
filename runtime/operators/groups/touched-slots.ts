/** Which slots were touched since the last `begin`, each once, in the order in which they were. */
export class TouchedSlots {
  #epochs: Uint32Array = new Uint32Array(64);
  #epoch = 1;
  #slots: Int32Array = new Int32Array(64);
  #count = 0;

  begin(): void {
    this.#epoch++;
    this.#count = 0;
  }

  /** Makes slots below `capacity` exist. */
  ensure(capacity: number): void {
    if (this.#epochs.length >= capacity) return;
    const size = Math.max(capacity, this.#epochs.length * 2);
    const epochs = new Uint32Array(size);
    epochs.set(this.#epochs);
    this.#epochs = epochs;
    const slots = new Int32Array(size);
    slots.set(this.#slots);
    this.#slots = slots;
  }

  touch(slot: number): void {
    if (this.#epochs[slot] === this.#epoch) return;
    this.#epochs[slot] = this.#epoch;
    this.#slots[this.#count++] = slot;
  }

  get slots(): Int32Array {
    return this.#slots.subarray(0, this.#count);
  }
}
