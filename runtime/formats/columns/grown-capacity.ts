/** The size that a buffer is given when it must hold `needed` entries: the next power of two, at least 1024. */
export function grownCapacity(needed: number): number {
  let capacity = 1024;
  while (capacity < needed) capacity *= 2;
  return capacity;
}
