/**
 * Names of headers by which a message that comes again is told, where it is sent at least once. They are the sink's alone, under any delivery:
 * those that a message has inherited from a topic it was read from would tell of another query's batches.
 */
export const ownHeaders = { query: "sluice.query", batch: "sluice.batch", sequence: "sluice.sequence" } as const;

const names: ReadonlySet<string> = new Set(Object.values(ownHeaders));

/** Whether a header has one of these names. */
export function isOwnHeader(name: string): boolean {
  return names.has(name);
}
