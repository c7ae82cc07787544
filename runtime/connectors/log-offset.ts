import type { Offset } from "./source.ts";
import { unreadableOffset } from "./unreadable-offset.ts";

/** Batches whose entries a source keeps behind the newest commit: as many as a checkpoint keeps offsets of. */
export const keptBatches = 100;

/** The offset of a source whose positions are entries of its own log in the checkpoint: `{"logOffset":7}`. */
export function entryOffset(entry: number): Offset {
  return `{"logOffset":${entry}}`;
}

/** The entry that an offset names. */
export function offsetEntry(offset: Offset): number {
  const match = /^\s*\{\s*"logOffset"\s*:\s*(\d{1,15})\s*\}\s*$/.exec(offset);
  if (match === null) throw unreadableOffset(offset);
  return Number(match[1]);
}
