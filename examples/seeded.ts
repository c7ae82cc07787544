import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of generated data: its path in the example's folder of data, and its text. */
export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** A small generator of random numbers from 0 to 1 (mulberry32): the same seed gives the same numbers everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of the items, each as likely as the other. */
export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to choose from");
  return item;
}

/** Writes the files into the folder `data` beside the generator `module` (its `import.meta.url`), if it is what Node was started with. */
export function writeWhenRun(module: string, files: () => readonly GeneratedFile[]): void {
  const generator = fileURLToPath(module);
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== generator) return;
  for (const { name, text } of files()) {
    const path = join(dirname(generator), "data", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
