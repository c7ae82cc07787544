/** A promise for all of those that there are; undefined where there is none, and so nothing to wait for. */
export function allWait(waits: readonly (Promise<void> | undefined)[]): Promise<void> | undefined {
  const there = waits.filter((wait) => wait !== undefined);
  if (there.length <= 1) return there[0];
  return Promise.all(there).then(() => undefined);
}
