import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder at or above `directory` that has a package.json; undefined where none has. */
export function packageFolder(directory: string): string | undefined {
  return above(directory, "package.json");
}

/** The nearest folder at or above `directory` that holds `name`. */
export function above(directory: string, name: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a package folder is a checkout of Sluice itself, whose modules import the runtime by path. */
export function isSluice(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null && "name" in manifest && manifest.name === "sluice";
  } catch {
    return false;
  }
}
