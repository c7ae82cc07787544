import type { Offset } from "../connectors/source.ts";
import type { OffsetsByRead } from "./log-entries.ts";

/** Offsets by the names of reads, later ones in place of earlier ones. A read may be called `constructor` or `__proto__`: the object has no other names than these. */
export function offsetsByRead(...parts: readonly (OffsetsByRead | Iterable<readonly [read: string, offset: Offset | null]>)[]): OffsetsByRead {
  const offsets = Object.create(null) as Record<string, Offset | null>;
  for (const part of parts) for (const [read, offset] of isPairs(part) ? part : Object.entries(part)) offsets[read] = offset;
  return offsets;
}

function isPairs(part: OffsetsByRead | Iterable<readonly [string, Offset | null]>): part is Iterable<readonly [string, Offset | null]> {
  return Symbol.iterator in part;
}
