import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { above } from "./package-folder.ts";
import type { JobFile } from "./read-job.ts";
import type { Shell } from "./shell.ts";
import type { SinkWarning } from "./warnings-of.ts";

/** What is kept of a job that was compiled for `run`. */
export interface CompiledJob {
  /** The module to load, absolute. */
  readonly module: string;
  /** What every run warns of. */
  readonly warnings: readonly SinkWarning[];
  /** Why its queries cannot be divided into shards: errors where a shard is to run. */
  readonly shards: readonly SinkWarning[];
}

/** A file that the compiled job stands on; null: it was not there. */
type Read = readonly [path: string, hash: string | null];

interface Entry {
  readonly folder: string;
  readonly reads: readonly Read[];
  readonly warnings: readonly SinkWarning[];
  readonly shards: readonly SinkWarning[];
}

/** How long an entry is kept that no run uses: 30 days, in milliseconds. */
const keptUnused = 30 * 24 * 3600 * 1000;

/**
 * The compiled form of a job, where one is kept that the same compiler made of the same text, and no file has changed that it read.
 * Nothing of the compiler is loaded for it.
 */
export function findCompiled(file: JobFile, shell: Shell): CompiledJob | undefined {
  for (const place of places(file)) {
    const index = join(place, `${keyOf(file, shell)}.json`);
    const entry = readEntry(index);
    if (entry === undefined || entry.reads.some(([path, hash]) => hashOf(path) !== hash)) continue;
    const module = join(place, entry.folder, "job.mjs");
    if (!existsSync(module)) continue;
    touch(index, dirname(module));
    return { module, warnings: entry.warnings, shards: entry.shards };
  }
  return undefined;
}

/** A folder in the cache for the files of a compiled job. */
export interface CacheFolder {
  /** Absolute; there, and nobody else's. */
  readonly folder: string;
  /** Keeps what is in the folder, `job.mjs` among it, together with the files that the compiler read; later runs find it from here on. */
  keep(reads: readonly string[], found: Pick<CompiledJob, "warnings" | "shards">): CompiledJob;
}

/** Makes a folder in the first place of the cache that can be written. */
export function makeCacheFolder(file: JobFile, shell: Shell): CacheFolder {
  const key = keyOf(file, shell);
  let failure: unknown;
  for (const place of places(file)) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      const folder = mkdtempSync(join(place, `${key}-`));
      return { folder, keep: (reads, found) => keep(folder, join(place, `${key}.json`), reads, found) };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function keep(folder: string, index: string, reads: readonly string[], { warnings, shards }: Pick<CompiledJob, "warnings" | "shards">): CompiledJob {
  const entry: Entry = { folder: basename(folder), reads: [...new Set(reads)].sort().map((path): Read => [path, hashOf(path)]), warnings, shards };
  const written = join(folder, "entry.json");
  writeFileSync(written, JSON.stringify(entry));
  renameSync(written, index);
  removeUnused(dirname(folder));
  return { module: join(folder, "job.mjs"), warnings, shards };
}

/** `node_modules/.cache/sluice` of the nearest `node_modules` above the job, else a folder of this user in the system's temporary one. */
function places(file: JobFile): readonly string[] {
  const modules = above(dirname(file.absolute), "node_modules");
  const own = join(tmpdir(), `sluice-cache-${process.getuid?.() ?? "user"}`);
  return [...(modules === undefined ? [] : [join(modules, "node_modules", ".cache", "sluice")]), own];
}

/** The compiler, by where it was built and when; the job, by its place, how it was named and its text. */
function keyOf(file: JobFile, { built, installation }: Shell): string {
  const compiler = built === undefined ? [installation] : [built, statSync(join(built, "compiler", "cli", "start.js")).mtimeMs];
  const hash = createHash("sha256").update(JSON.stringify([process.version, ...compiler, file.path, file.absolute, file.text]));
  return `job-${hash.digest("hex").slice(0, 24)}`;
}

function hashOf(path: string): string | null {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return null;
  }
}

function readEntry(index: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(readFileSync(index, "utf8"));
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null || !("folder" in value && "reads" in value && "warnings" in value && "shards" in value)) return false;
  return typeof value.folder === "string" && Array.isArray(value.reads) && Array.isArray(value.warnings) && Array.isArray(value.shards);
}

/** Notes the use of an entry; a cache that cannot be written is used as it is. */
function touch(...paths: readonly string[]): void {
  try {
    const now = new Date();
    for (const path of paths) utimesSync(path, now, now);
  } catch {
    return;
  }
}

function removeUnused(place: string): void {
  for (const name of readdirSync(place)) {
    const path = join(place, name);
    const found = name.startsWith("job-") ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (found !== undefined && Date.now() - found.mtimeMs > keptUnused) rmSync(path, { recursive: true, force: true });
  }
}
