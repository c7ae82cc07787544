import fc from "fast-check";

/**
 * Choices taken one after the other from a list of numbers, so that fast-check shrinks what is built of them by shrinking the
 * list; where it has ended, each choice is the first.
 */
export class Choices {
  #at = 0;

  constructor(readonly tape: readonly number[]) {}

  get done(): boolean {
    return this.#at >= this.tape.length;
  }

  below(limit: number): number {
    return (this.tape[this.#at++] ?? 0) % limit;
  }

  of<T>(options: readonly [T, ...T[]]): T {
    return options[this.below(options.length)] ?? options[0];
  }
}

/** Lists for `Choices`: long and unbiased, for small numbers would make the same few steps of every list. */
export function tapes(maxLength: number): fc.Arbitrary<readonly number[]> {
  return fc.noBias(fc.array(fc.nat(999), { minLength: 4, maxLength, size: "max" }));
}
