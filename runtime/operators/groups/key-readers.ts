/** `keys.url.get(slot)` for each key column: own properties whatever the names. */
export function keyReaders(names: readonly string[], value: (slot: number, column: number) => unknown): object {
  return Object.fromEntries(names.map((name, column) => [name, { get: (slot: number) => value(slot, column) }]));
}

/** The numbers from 0 to `count` − 1. */
export function firstSlots(count: number): Int32Array {
  const slots = new Int32Array(count);
  for (let slot = 0; slot < count; slot++) slots[slot] = slot;
  return slots;
}
