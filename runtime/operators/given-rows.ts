import type { GivenRow } from "./user-state.ts";

/** The rows that a function gave: the items of an iterable, taken one by one, else the value itself, or none. */
export function* givenRows<Given>(given: Given): Iterable<GivenRow<Given>> {
  if (given === undefined || given === null) return;
  if (given instanceof Promise) throw new TypeError("it gave a promise, and a function with state must not be async");
  // What is iterated over has rows as items; what is not is a row.
  if (isIterable(given)) yield* given as Iterable<GivenRow<Given>>;
  else yield given as GivenRow<Given>;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && !(value instanceof Uint8Array);
}
