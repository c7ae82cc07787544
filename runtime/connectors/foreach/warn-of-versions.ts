import type { SinkContext } from "../sink.ts";

/**
 * Without a kept checkpoint the batches of each run are counted from 0, so a writer that passes over a version which it has written would pass
 * over the rows of another run. `what` are `the versions` or `the batch ids`, as the user's code knows them.
 */
export function warnOfVersions({ durable, queryName, warn }: Pick<SinkContext<never>, "durable" | "queryName" | "warn">, what: string): void {
  if (durable) return;
  warn(`${queryName} keeps no checkpoint: ${what} that its writer is given begin at 0 in each run, and do not tell the batches of two runs apart`);
}
