import type { GeneratedFile } from "../seeded.ts";
import { type Events, sideInput } from "./generator.ts";

/** So many keys has the side table of q13: not all that the ids of auctions give, so that some find no match. */
export const sideRows = 1100;

/** The events as files of JSON lines in folders `person`, `auction` and `bid`, each cut into `count` files of about the same length, and the side table of q13. */
export function nexmarkFiles(events: Events, count: number): readonly GeneratedFile[] {
  return filesCutAt(events, (rows) => Array.from({ length: count - 1 }, (_, cut) => Math.round(((cut + 1) * rows) / count)));
}

/** The same, cut where `cuts` says: places between 0 and the number of rows, ascending. A file may be empty. */
export function filesCutAt(events: Events, cuts: (rows: number, kind: keyof Events) => readonly number[]): readonly GeneratedFile[] {
  const files = kinds.flatMap((kind) => {
    const rows: readonly unknown[] = events[kind];
    const places = [0, ...cuts(rows.length, kind), rows.length];
    return places.slice(1).map((end, at) => ({ name: `${kind}/${String(at + 1).padStart(4, "0")}.json`, text: rows.slice(places[at], end).map((row) => `${JSON.stringify(row)}\n`).join("") }));
  });
  return [...files, { name: "side_input.csv", text: sideInput(sideRows) }];
}

const kinds = ["person", "auction", "bid"] as const;
