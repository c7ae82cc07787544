import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EmittedFile } from "../emit.ts";
import { above } from "./package-folder.ts";

/**
 * Writes the modules of a job where `run` loads them from, and gives their folder: `node_modules/.cache/sluice/<hash>` of the
 * nearest `node_modules` above the job, or below the system's temporary folder. The hash is of the texts, so a folder that is
 * there is the right one; it appears whole, whoever else writes it at the time.
 */
export function cacheModules(jobFolder: string, files: readonly EmittedFile[]): string {
  const hash = createHash("sha256");
  for (const { name, text } of files) hash.update(JSON.stringify([name, text]));
  const key = hash.digest("hex").slice(0, 32);
  const modules = above(jobFolder, "node_modules");
  const places = [...(modules === undefined ? [] : [join(modules, "node_modules", ".cache", "sluice")]), join(tmpdir(), "sluice-cache")];
  let failure: unknown;
  for (const place of places) {
    try {
      return writeOnce(join(place, key), files);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function writeOnce(folder: string, files: readonly EmittedFile[]): string {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  for (const { name, text } of files) writeFileSync(join(temporary, name), text);
  // The texts are modules whatever package the folder lies in.
  writeFileSync(join(temporary, "package.json"), '{ "type": "module" }\n');
  try {
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
