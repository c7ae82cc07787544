import type { FileStat, FileSystem, OpenFile } from "../host/host.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { SimSystemError } from "./sim-error.ts";
import { SimDirectory, SimFile, type SimNode } from "./sim-nodes.ts";

export type SimOperation = "stat" | "list" | "makeDirectory" | "open" | "read" | "write" | "sync" | "readFile" | "rename" | "renameWithoutReplace" | "remove" | "removeTree" | "syncDirectory";

/** What the simulated file system asks of its host. */
export interface SimFileSystemContext {
  readonly random: SeededRandom;
  readonly workingDirectory: string;
  now(): number;
  /** Throws where the host has crashed. */
  ensureAlive(): void;
  fault(name: string): void;
}

interface PlannedFailure {
  readonly operation: SimOperation;
  readonly code: string;
  readonly path: string | undefined;
  left: number;
}

/**
 * Files in memory, with the difference that matters between what a program has written and what a loss of power leaves: contents are
 * durable once synced, names once their directory is. Listings come in random order. Errors of the system can be planned.
 */
export class SimFileSystem implements FileSystem {
  readonly root: SimDirectory;
  readonly #context: SimFileSystemContext;
  readonly #failures: PlannedFailure[] = [];

  constructor(context: SimFileSystemContext, root?: SimDirectory) {
    this.#context = context;
    this.root = root ?? new SimDirectory(context.now());
  }

  /** Makes the nth call (from now) of an operation fail, on any path or on those that contain `path`; a failing write leaves half of its bytes. */
  failAt(operation: SimOperation, nth: number, code: string, path?: string): void {
    this.#failures.push({ operation, code, path, left: nth });
  }

  /** Puts a file there durably, with the folders above it: for a test's input. */
  put(path: string, content: string | Uint8Array, modified = this.#context.now()): void {
    const names = this.#split(path);
    const name = names.pop() ?? "";
    const folder = this.#folders(names, true);
    const file = new SimFile(modified, typeof content === "string" ? new TextEncoder().encode(content) : content.slice());
    file.sync();
    folder.change((entries) => entries.set(name, file));
    folder.sync();
  }

  /** The text of a file; undefined where there is none. */
  text(path: string): string | undefined {
    const bytes = this.readFile(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** The paths of all files at or below a folder, sorted. */
  files(path = "/"): readonly string[] {
    const node = this.#find(path);
    if (node === undefined) return [];
    if (node.kind === "file") return [path];
    return [...node.names.keys()].sort().flatMap((name) => this.files(path === "/" ? `/${name}` : `${path}/${name}`));
  }

  /** Sets the time of a file's last change, in milliseconds since the epoch. */
  touch(path: string, modified: number): void {
    this.#existing("open", path).modified = modified;
  }

  stat(path: string): FileStat | undefined {
    this.#begin("stat", path);
    const node = this.#find(path);
    if (node === undefined) return undefined;
    return { size: node.kind === "file" ? node.content.length : 0, modified: node.modified, kind: node.kind };
  }

  list(path: string): readonly string[] | undefined {
    this.#begin("list", path);
    const node = this.#find(path);
    return node?.kind === "directory" ? this.#context.random.shuffled(node.names.keys()) : undefined;
  }

  makeDirectory(path: string): void {
    this.#begin("makeDirectory", path);
    this.#folders(this.#split(path), false);
  }

  open(path: string, flags: "read" | "create exclusively" | "append" | "truncate"): OpenFile {
    this.#begin("open", path);
    return new SimOpenFile(this.#opened(path, flags), path, (operation) => this.#begin(operation, path), () => this.#context.now());
  }

  readFile(path: string): Uint8Array | undefined {
    this.#begin("readFile", path);
    const node = this.#find(path);
    if (node?.kind === "directory") throw new SimSystemError("EISDIR", "read", path);
    return node?.content.slice();
  }

  rename(from: string, to: string): void {
    this.#begin("rename", from);
    this.#move(from, to);
  }

  renameWithoutReplace(from: string, to: string): void {
    this.#begin("renameWithoutReplace", from);
    if (this.#find(to) !== undefined) throw new SimSystemError("EEXIST", "link", to);
    const node = this.#existing("link", from);
    const target = this.#place("link", to);
    this.#change(target.folder, (names) => names.set(target.name, node));
    this.#context.fault("file.linked");
    this.#unlink(from);
  }

  remove(path: string): void {
    this.#begin("remove", path);
    if (this.#existing("unlink", path).kind === "directory") throw new SimSystemError("EPERM", "unlink", path);
    this.#unlink(path);
  }

  removeTree(path: string): void {
    this.#begin("removeTree", path);
    if (this.#find(path) !== undefined) this.#unlink(path);
  }

  syncDirectory(path: string): void {
    this.#begin("syncDirectory", path);
    const node = this.#existing("open", path);
    if (node.kind === "file") throw new SimSystemError("ENOTDIR", "open", path);
    node.sync();
  }

  realPath(path: string): string | undefined {
    this.#begin("stat", path);
    return this.#find(path) === undefined ? undefined : `/${this.#split(path).join("/")}`;
  }

  #opened(path: string, flags: "read" | "create exclusively" | "append" | "truncate"): SimFile {
    const found = this.#find(path);
    if (found?.kind === "directory") throw new SimSystemError("EISDIR", "open", path);
    if (flags === "read") {
      if (found === undefined) throw new SimSystemError("ENOENT", "open", path);
      return found;
    }
    if (found === undefined) return this.#created(path);
    if (flags === "create exclusively") throw new SimSystemError("EEXIST", "open", path);
    if (flags === "truncate") found.content = new Uint8Array();
    return found;
  }

  #created(path: string): SimFile {
    const { folder, name } = this.#place("open", path);
    const file = new SimFile(this.#context.now());
    this.#change(folder, (names) => names.set(name, file));
    return file;
  }

  #move(from: string, to: string): void {
    const node = this.#existing("rename", from);
    const source = this.#place("rename", from);
    const target = this.#place("rename", to);
    if (source.folder === target.folder) {
      this.#change(source.folder, (names) => {
        names.delete(source.name);
        names.set(target.name, node);
      });
    } else {
      this.#change(target.folder, (names) => names.set(target.name, node));
      this.#change(source.folder, (names) => names.delete(source.name));
    }
  }

  #unlink(path: string): void {
    const { folder, name } = this.#place("unlink", path);
    this.#change(folder, (names) => names.delete(name));
  }

  #change(folder: SimDirectory, apply: (names: Map<string, SimNode>) => void): void {
    folder.change(apply);
    folder.modified = this.#context.now();
  }

  #begin(operation: SimOperation, path: string): void {
    this.#context.ensureAlive();
    for (const failure of this.#failures) {
      if (failure.operation !== operation || (failure.path !== undefined && !path.includes(failure.path))) continue;
      if (--failure.left === 0) throw new SimSystemError(failure.code, operation, path);
    }
  }

  #split(path: string): string[] {
    const parts: string[] = [];
    const absolute = path.startsWith("/") ? path : `${this.#context.workingDirectory}/${path}`;
    for (const part of absolute.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return parts;
  }

  #find(path: string): SimNode | undefined {
    let node: SimNode | undefined = this.root;
    for (const name of this.#split(path)) node = node?.kind === "directory" ? node.names.get(name) : undefined;
    return node;
  }

  #existing(operation: string, path: string): SimNode {
    const node = this.#find(path);
    if (node === undefined) throw new SimSystemError("ENOENT", operation, path);
    return node;
  }

  #place(operation: string, path: string): { readonly folder: SimDirectory; readonly name: string } {
    const names = this.#split(path);
    const name = names.pop();
    const folder = this.#find(`/${names.join("/")}`);
    if (name === undefined || folder === undefined) throw new SimSystemError("ENOENT", operation, path);
    if (folder.kind === "file") throw new SimSystemError("ENOTDIR", operation, path);
    return { folder, name };
  }

  #folders(names: readonly string[], durable: boolean): SimDirectory {
    let folder = this.root;
    for (const name of names) {
      const found = folder.names.get(name);
      if (found?.kind === "file") throw new SimSystemError("ENOTDIR", "mkdir", name);
      const next = found ?? new SimDirectory(this.#context.now());
      if (found === undefined) this.#change(folder, (entries) => entries.set(name, next));
      if (durable) folder.sync();
      folder = next;
    }
    return folder;
  }
}

class SimOpenFile implements OpenFile {
  readonly #file: SimFile;
  readonly #path: string;
  readonly #begin: (operation: SimOperation) => void;
  readonly #now: () => number;
  #open = true;

  constructor(file: SimFile, path: string, begin: (operation: SimOperation) => void, now: () => number) {
    this.#file = file;
    this.#path = path;
    this.#begin = begin;
    this.#now = now;
  }

  read(into: Uint8Array, offset: number, length: number, position: number): number {
    this.#use("read");
    const bytes = this.#file.content.subarray(position, position + length);
    into.set(bytes, offset);
    return bytes.length;
  }

  write(bytes: Uint8Array): void {
    try {
      this.#use("write");
    } catch (error) {
      if (error instanceof SimSystemError) this.#file.append(bytes.subarray(0, bytes.length >>> 1));
      throw error;
    }
    this.#file.append(bytes);
    this.#file.modified = this.#now();
  }

  sync(): void {
    this.#use("sync");
    this.#file.sync();
  }

  close(): void {
    this.#open = false;
  }

  #use(operation: SimOperation): void {
    if (!this.#open) throw new SimSystemError("EBADF", operation, this.#path);
    this.#begin(operation);
  }
}
