import type { TriggerDefinition } from "../query/definition.ts";

/** The next batch begins when the one before has ended and there is something new. */
export const asap: TriggerDefinition = { kind: "asap" };

/** One batch with everything that is there, then the end. */
export const once: TriggerDefinition = { kind: "once" };

/** What is there at the start, in the sources' own portions, then the end. */
export const availableNow: TriggerDefinition = { kind: "available now" };

/** A batch at each multiple of the interval (microseconds), aligned to the epoch. */
export function every(interval: number): TriggerDefinition {
  return { kind: "every", interval };
}

/** Records as they come; the checkpoint and the sinks commit at each multiple of the interval (microseconds), aligned to the epoch. */
export function continuous(interval: number): TriggerDefinition {
  return { kind: "continuous", interval };
}
