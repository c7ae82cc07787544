import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Offset } from "./source.ts";

/** Batches whose entries a source keeps behind the newest commit: as many as a checkpoint keeps offsets of. */
export const keptBatches = 100;

/** The offset of a source whose positions are entries of its own log in the checkpoint: `{"logOffset":7}`. */
export function entryOffset(entry: number): Offset {
  return `{"logOffset":${entry}}`;
}

/** The entry that an offset names. */
export function offsetEntry(offset: Offset): number {
  const match = /^\s*\{\s*"logOffset"\s*:\s*(\d{1,15})\s*\}\s*$/.exec(offset);
  if (match === null) {
    throw new SluiceRuntimeError({
      code: "R7209",
      what: `the checkpoint holds an offset that this source cannot read: ${offset}`,
      how: "restore the checkpoint's `offsets` folder from a backup, or start with a new checkpoint",
    });
  }
  return Number(match[1]);
}
