import type { Frame } from "../frame.ts";

/** All columns that a frame has, carried windows last. */
export function columnsIn({ names, carried }: Frame): readonly string[] {
  return [...new Set([...names.values(), ...carried.values()])];
}
