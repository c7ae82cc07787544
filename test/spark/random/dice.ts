/** Choices that follow from a seed alone. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bf03635) >>> 0;
  }

  /** A number from 0 to `limit` − 1 (mulberry32). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  }

  /** Whether one of `times` falls. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  of<T>(options: readonly [T, ...T[]]): T {
    return options[this.below(options.length)] ?? options[0];
  }

  /** Some of them, in their order, at least one where there is one. */
  some<T>(options: readonly T[], most: number): readonly T[] {
    const left = [...options];
    const taken = new Set<T>();
    for (let count = 1 + this.below(Math.max(most, 1)); count > 0 && left.length > 0; count--) for (const one of left.splice(this.below(left.length), 1)) taken.add(one);
    return options.filter((one) => taken.has(one));
  }
}
