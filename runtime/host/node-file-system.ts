import { type Stats, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, realpathSync, renameSync, rmSync, statSync, unlinkSync, writeSync } from "node:fs";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import type { FileStat, FileSystem, OpenFile } from "./host.ts";

const flagsOf = { "read": "r", "create exclusively": "wx", "append": "a", "truncate": "w" } as const;

/** The files of the machine, through Node's synchronous calls. `fault` is the host's. */
export const nodeFileSystem = (fault: (name: string) => void): FileSystem => ({
  stat: (path) => unlessMissing(() => statOf(statSync(path))),
  list: (path) => unlessMissing(() => readdirSync(path)),
  makeDirectory: (path) => void mkdirSync(path, { recursive: true }),
  open: (path, flags) => new NodeFile(openSync(path, flagsOf[flags])),
  readFile: (path) => unlessMissing(() => readFileSync(path)),
  rename: (from, to) => renameSync(from, to),
  renameWithoutReplace: (from, to) => renameWithoutReplace(from, to, fault),
  remove: (path) => unlinkSync(path),
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
  syncDirectory,
  realPath: (path) => unlessMissing(() => realpathSync(path)),
});

class NodeFile implements OpenFile {
  readonly #descriptor: number;
  #open = true;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  read(into: Uint8Array, offset: number, length: number, position: number): number {
    return readSync(this.#descriptor, into, offset, length, position);
  }

  write(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written, bytes.length - written);
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#descriptor);
  }
}

/**
 * Gives a file its name unless there is one of that name: a hard link, then the old name goes. Plain rename would replace the file of
 * another engine, and nothing else that Node offers fails atomically.
 */
function renameWithoutReplace(from: string, to: string, fault: (name: string) => void): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    throw new SluiceRuntimeError({
      code: "R7001",
      what: "the file system cannot name a file without replacing another one (it has no hard links), so two engines could overwrite each other",
      where: to,
      how: "put the checkpoint and the files of sinks on a local file system such as ext4, xfs, btrfs, APFS or NTFS",
      cause: error,
    });
  }
  fault("file.linked");
  unlinkSync(from);
}

/** Windows cannot open a directory to sync it, and makes names durable without that. */
function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function statOf(stat: Stats): FileStat {
  return { size: Number(stat.size), modified: Number(stat.mtimeMs), kind: stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "other" };
}

function unlessMissing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
