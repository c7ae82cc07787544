import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Difference } from "./compare-case.ts";
import { jobText } from "./random-case.ts";

/** Writes a difference into a folder, as a job with its data that runs by hand from there. */
export function writeCase({ smallest, text }: Difference, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { path, content } of [...smallest.files, { path: "job.sluice", content: jobText(smallest, ".") }, { path: "difference.txt", content: text }]) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
