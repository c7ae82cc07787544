#!/usr/bin/env node
// Starts the command line from the TypeScript sources. Loading them one by one takes a second, so they are bundled once for each
// state of the sources into node_modules/.cache/sluice; where that cannot be written, they are loaded as they are.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const installation = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const entry = join(installation, "compiler", "cli", "start.ts");

/** Path, size and time of every source: cheaper to read than the sources, and different wherever they are. */
function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const visit = (folder) => {
    for (const item of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, item.name);
      if (item.isDirectory()) visit(path);
      else if (item.name.endsWith(".ts")) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ["compiler", "grammar", "runtime"]) visit(join(installation, folder));
  hash.update(String(statSync(join(installation, "package.json")).mtimeMs));
  return hash.digest("hex").slice(0, 24);
}

/** The nearest node_modules at or above the installation: packages are found from there. */
function cacheFolder() {
  for (let folder = installation; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules"))) return join(folder, "node_modules", ".cache", "sluice");
    if (folder === dirname(folder)) return undefined;
  }
}

async function bundled() {
  const cache = cacheFolder();
  if (cache === undefined) return undefined;
  const folder = join(cache, `cli-${fingerprint()}`);
  const start = join(folder, "start.mjs");
  if (existsSync(start)) return start;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  try {
    const { build } = await import("esbuild");
    await build({
      entryPoints: [entry],
      outdir: temporary,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["ts-morph", "typescript", "tsx", "esbuild", "sql.js", "fast-json-stringify", "code-block-writer"],
      keepNames: true,
      sourcemap: "linked",
      logLevel: "silent",
    });
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(start)) throw error;
  }
  removeOld(cache, folder);
  return start;
}

/** Removes bundles of older sources that no process can still be loading from. */
function removeOld(cache, current) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.startsWith("cli-") && path !== current && Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

async function load() {
  try {
    const path = await bundled();
    if (path !== undefined) return await import(pathToFileURL(path).href);
  } catch (error) {
    if (process.env.SLUICE_DEBUG) process.stderr.write(`the command line is not bundled: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  const { register } = await import("tsx/esm/api");
  register();
  return import(pathToFileURL(entry).href);
}

const { start } = await load();
await start(installation);
