/** What is left of some numbers: the ones that are kept, ascending, and the new number of each, its place among them. */
export interface Renumbering {
  readonly kept: Int32Array;
  /** By old number; −1 where it is not kept. */
  readonly numbers: Int32Array;
}

/** Keeps those of the numbers below `size` that occur, and closes the gaps between them. */
export function renumbering(occurring: Iterable<number>, size: number): Renumbering {
  const numbers = new Int32Array(size).fill(-1);
  let count = 0;
  for (const number of occurring) {
    if (numbers[number] === -1) count++;
    numbers[number] = 0;
  }
  const kept = new Int32Array(count);
  let next = 0;
  for (let number = 0; number < size; number++) {
    if (numbers[number] === -1) continue;
    kept[next] = number;
    numbers[number] = next++;
  }
  return { kept, numbers };
}
