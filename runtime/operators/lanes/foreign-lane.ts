import type { Lane } from "./lane.ts";

/** Throws: a lane was merged with one of another form, which only a fault of the runtime can do. */
export function foreignLane(own: Lane, other: Lane): never {
  throw new TypeError(`a lane ${own.form} cannot take in a lane ${other.form}`);
}
