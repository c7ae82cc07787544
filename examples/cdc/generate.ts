import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

const files = 5;
const linesPerFile = 200;
const customers = 120;
const names = ["Ada", "Bela", "Chidi", "Dora", "Emil", "Fatma", "Goran", "Hana"];
const cities = ["Bergen", "Cadiz", "Gdansk", "Lyon", "Turku"];
/** How far a change may come from its place. */
const disorder = 60;

/** A change of a customer, as the database's log has it: created, updated, deleted. What a deleted row held is not told. */
export interface Change {
  readonly op: "c" | "u" | "d";
  readonly id: number;
  readonly version: number;
  readonly name: string | null;
  readonly city: string | null;
  readonly credit: number | null;
}

/**
 * The log of changes of a table of customers: five files of 200 lines, the same at every call. Changes come out of order, and some of them
 * twice; a customer that was deleted may be created again.
 */
export function generate(): readonly GeneratedFile[] {
  const random = seeded(19700101);
  const newest = new Map<number, Change>();
  const changes: Change[] = [];
  while (changes.length < files * linesPerFile) {
    const id = 1 + Math.floor(random() * customers);
    const before = newest.get(id);
    const exists = before !== undefined && before.op !== "d";
    const version = (before?.version ?? 0) + 1;
    const change: Change =
      exists && random() < 0.15
        ? { op: "d", id, version, name: null, city: null, credit: null }
        : { op: exists ? "u" : "c", id, version, name: before?.name ?? pick(names, random), city: exists && random() < 0.7 ? before.city : pick(cities, random), credit: Math.floor(random() * 1000) };
    newest.set(id, change);
    changes.push(change);
    if (random() < 0.04) changes.push(change);
  }
  for (const at of changes.keys()) {
    const other = Math.min(changes.length - 1, at + Math.floor(random() * disorder));
    [changes[at], changes[other]] = [changes[other] as Change, changes[at] as Change];
  }
  return Array.from({ length: files }, (_, file) => ({
    name: `customers-${file + 1}.json`,
    text: `${changes.slice(file * linesPerFile, (file + 1) * linesPerFile).map((change) => JSON.stringify(change)).join("\n")}\n`,
  }));
}

/** `npx tsx examples/cdc/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
