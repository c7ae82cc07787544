import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { CaseFile } from "./differential-case.ts";

/** All files under a folder, sorted by path, by their paths from `root`. */
export function filesUnder(folder: string, root: string): readonly CaseFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: relative(root, path), content: readFileSync(path) }));
}
