#!/usr/bin/env node
// Starts the command line. The package ships it built (`dist/`). A checkout has sources only: they are built once for each state that
// they are in, into node_modules/.cache/sluice; where that cannot be written, they are loaded as they are, which takes a second.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const installation = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const source = join(installation, "compiler", "cli", "start.ts");

/** Path, size and time of every source: cheaper to read than the sources, and different wherever they are. */
function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  };
  const visit = (folder) => {
    for (const item of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, item.name);
      if (item.isDirectory()) visit(path);
      else if (/\.[mc]?[tj]s$/.test(item.name)) add(path);
    }
  };
  for (const folder of ["compiler", "grammar", "runtime"]) visit(join(installation, folder));
  add(join(installation, "package.json"));
  return hash.digest("hex").slice(0, 24);
}

/** The nearest node_modules at or above the installation: packages are found from there. */
function cacheFolder() {
  for (let folder = installation; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules"))) return join(folder, "node_modules", ".cache", "sluice");
    if (folder === dirname(folder)) return undefined;
  }
}

async function builtFromSources() {
  const cache = cacheFolder();
  if (cache === undefined) return undefined;
  const folder = join(cache, `cli-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  try {
    const { buildInstallation } = await import("./build-installation.mjs");
    await buildInstallation(installation, temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  removeOld(cache, folder);
  return folder;
}

/** Removes what was built of older sources, and no process can still be loading from. */
function removeOld(cache, current) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.startsWith("cli-") && path !== current && Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

/** The folder of the built files; undefined where only the sources can be loaded. */
async function builtFolder() {
  if (!existsSync(source)) return join(installation, "dist");
  try {
    return await builtFromSources();
  } catch (error) {
    if (process.env.SLUICE_DEBUG) process.stderr.write(`the command line is not built: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

const built = await builtFolder();
if (built === undefined) (await import("tsx/esm/api")).register();
const entry = built === undefined ? source : join(built, "compiler", "cli", "start.js");
const { start } = await import(pathToFileURL(entry).href);
await start({ installation, ...(built === undefined ? {} : { built }) });
