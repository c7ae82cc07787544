import type { Host, OpenFile } from "../host/host.ts";
import type { WriteArea, WriteStep } from "../host/fault-points.ts";
import { cannotRead, cannotWrite, checkpointError, startOver } from "../errors/checkpoint-error.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import { decodeFile, encodeFile, isDamaged, type DecodedFile, type FileDamage, type FileHeader, type FileKind } from "./file-format.ts";
import { fileName, joinPath, parentPath } from "./paths.ts";

/** Names of files that are being written: a crash leaves them behind, and nothing ever reads them. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith(".") && name.endsWith(".tmp");
}

/**
 * Writes bytes so that after a crash at any moment the file is there whole or not at all: a temporary file in the same folder
 * (exclusively created), write, sync, rename, sync of the folder. Without `replace` a file that is there already is an `EEXIST`
 * of the system, which the caller explains. Any failure is fatal for the query (an fsync must not be tried twice).
 */
export function writeDurably(host: Host, path: string, bytes: Uint8Array, area: WriteArea, replace = false): void {
  const reach = (step: WriteStep): void => host.fault(`${area}.${step}`);
  const folder = parentPath(path);
  const temporary = joinPath(folder, `.${fileName(path)}.${host.uuid()}.tmp`);
  const file = host.fs.open(temporary, "create exclusively");
  try {
    reach("opened");
    writeAndSync(file, bytes, reach);
  } finally {
    file.close();
  }
  if (replace) host.fs.rename(temporary, path);
  else host.fs.renameWithoutReplace(temporary, path);
  reach("renamed");
  host.fs.syncDirectory(folder);
  reach("durable");
}

function writeAndSync(file: OpenFile, bytes: Uint8Array, reach: (step: WriteStep) => void): void {
  const half = bytes.length >>> 1;
  file.write(bytes.subarray(0, half));
  reach("half-written");
  file.write(bytes.subarray(half));
  reach("written");
  file.sync();
  reach("synced");
}

/** What a log entry says of a file that was written. */
export interface WrittenFile {
  readonly checksum: number;
  readonly bytes: number;
}

/** Writes a file with header and trailer durably. Errors of the system are coded; an existing file is `R7413`: another engine wrote it. */
export function writeCheckpointFile(host: Host, path: string, header: FileHeader, payload: Uint8Array, area: WriteArea, replace = false): WrittenFile {
  const { bytes, checksum } = encodeFile(header, payload);
  try {
    writeDurably(host, path, bytes, area, replace);
  } catch (error) {
    if (error instanceof SimulatedCrash || error instanceof SluiceRuntimeError) throw error;
    if (systemErrorCode(error) === "EEXIST") {
      throw checkpointError("writtenByOther", "another engine wrote this file while this one was running", path,
        "run one engine on a checkpoint at a time; stop the other one and start again", error);
    }
    throw cannotWrite(path, error);
  }
  return { checksum, bytes: bytes.length };
}

/** The bytes of a file; undefined where there is none. */
export function readBytes(host: Host, path: string): Uint8Array | undefined {
  try {
    return host.fs.readFile(path);
  } catch (error) {
    if (error instanceof SimulatedCrash) throw error;
    throw cannotRead(path, error);
  }
}

/** What a file must be, beside whole. */
export interface ExpectedFile {
  readonly kind: FileKind;
  /** Undefined where any is good (the metadata, which says which it is). */
  readonly queryId: string | undefined;
  readonly batch: number | undefined;
}

/** Reads and checks a file of a checkpoint; undefined where there is none, damage where it is torn or changed. Another checkpoint's file is an error. */
export function inspectCheckpointFile(host: Host, path: string, directory: string, expected: ExpectedFile): DecodedFile | FileDamage | undefined {
  const bytes = readBytes(host, path);
  if (bytes === undefined) return undefined;
  const decoded = decodeFile(bytes);
  if (isDamaged(decoded)) return decoded;
  const { header } = decoded;
  if (expected.queryId !== undefined && header.queryId !== expected.queryId) {
    throw checkpointError("otherQuery", `the file belongs to another checkpoint: expected query id ${expected.queryId}, found ${header.queryId}`, path, startOver(directory));
  }
  if (header.kind !== expected.kind) return { damage: "corrupt", detail: `expected a file of kind "${expected.kind}", found "${header.kind}"` };
  if (header.batch !== expected.batch) return { damage: "corrupt", detail: `expected batch ${expected.batch ?? "none"}, found ${header.batch ?? "none"}` };
  return decoded;
}

/** As `inspectCheckpointFile`, where damage is a coded error that names the file, what is wrong with it and what to do. */
export function readCheckpointFile(host: Host, path: string, directory: string, expected: ExpectedFile): DecodedFile | undefined {
  const file = inspectCheckpointFile(host, path, directory, expected);
  if (file === undefined || !isDamaged(file)) return file;
  throw damagedFile(path, directory, file);
}

/** The error for a damaged file. */
export function damagedFile(path: string, directory: string, damage: FileDamage): SluiceRuntimeError {
  if (damage.damage === "newer") {
    return checkpointError("newerFormat", `the checkpoint was written by a newer Sluice: ${damage.detail}`, path, "run it with that version, or a later one");
  }
  return checkpointError("unreadable", `a file of the checkpoint is damaged: ${damage.detail}`, path, startOver(directory));
}

/**
 * Makes a folder and those above it, each durable in the folder that holds it. One that is there may have been made by a process that died
 * before it was durable, so its name is synced again, unless the folder above belongs to others.
 */
export function makeDurableDirectory(host: Host, path: string): void {
  const parent = parentPath(path);
  if (host.fs.stat(path)?.kind === "directory") {
    syncUnlessForeign(host, parent);
    return;
  }
  if (parent !== path && parent !== ".") makeDurableDirectory(host, parent);
  host.fs.makeDirectory(path);
  host.fault("checkpoint.directory-made");
  host.fs.syncDirectory(parent);
}

function syncUnlessForeign(host: Host, path: string): void {
  try {
    host.fs.syncDirectory(path);
  } catch (error) {
    if (systemErrorCode(error) !== "EACCES") throw error;
  }
}
