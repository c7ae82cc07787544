import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const samplesRoot = fileURLToPath(new URL("../samples/", import.meta.url));

/** A sample on disk: `name` without the extension (for `it.each`), `path` absolute. */
export interface Sample {
  readonly name: string;
  readonly path: string;
}

/** The absolute path of a file or folder under `test/samples/`. */
export function samplePath(...parts: readonly string[]): string {
  return join(samplesRoot, ...parts);
}

/** The files of `test/samples/<folder>` that end in `extension`, sorted by name. */
export function sampleFiles(folder: string, extension: string): readonly Sample[] {
  return entries(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => ({ name: entry.name.slice(0, -extension.length), path: samplePath(folder, entry.name) }));
}

/** The folders directly under `test/samples/<folder>`, sorted by name. */
export function sampleFolders(folder: string): readonly Sample[] {
  return entries(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ name: entry.name, path: samplePath(folder, entry.name) }));
}

/**
 * Holds `actual` against the golden file (absolute path; line ends `\n`). With `BLESS=1` in the environment the file
 * is rewritten instead, which is refused where `CI` is set. An empty text is never a golden.
 */
export function goldenTest(actual: string, goldenPath: string): void {
  if (actual.trim() === "") throw new Error(`nothing to hold against ${goldenPath}: an empty text is never a golden`);
  const golden = existsSync(goldenPath) ? readFileSync(goldenPath, "utf8") : undefined;
  if (golden === actual) return;
  if (process.env["BLESS"] === "1") {
    if (process.env["CI"] !== undefined) throw new Error("BLESS=1 is refused in CI: goldens are rewritten by hand and read");
    mkdirSync(dirname(goldenPath), { recursive: true });
    writeFileSync(goldenPath, actual);
    return;
  }
  if (golden === undefined) throw new Error(`there is no golden ${goldenPath}: run with BLESS=1 and read what it writes`);
  expect(actual).toBe(golden);
}

function entries(folder: string): readonly { readonly name: string; isFile(): boolean; isDirectory(): boolean }[] {
  return readdirSync(samplePath(folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
