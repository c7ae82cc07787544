import { deviates } from "./deviates.ts";

/** The place after `null`. */
export function endOfNull(bytes: Uint8Array, at: number): number {
  return bytes[at] === 110 && bytes[at + 1] === 117 && bytes[at + 2] === 108 && bytes[at + 3] === 108 ? at + 4 : deviates;
}
