import { cannotRead, cannotWrite } from "../errors/checkpoint-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import type { Host } from "../host/host.ts";
import { makeDurableDirectory } from "./durable-file.ts";

/** Runs something that changes a checkpoint; an error of the system becomes R7411 with the path. */
export function codingWrites<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw cannotWrite(path, error);
  }
}

/** Runs something that reads of a checkpoint; an error of the system becomes R7415 with the path. */
export function codingReads<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw cannotRead(path, error);
  }
}

/** `makeDurableDirectory` within a checkpoint. */
export function makeCheckpointDirectory(host: Host, path: string): void {
  codingWrites(path, () => makeDurableDirectory(host, path));
}

/** The names in a folder of a checkpoint; none where there is no folder. */
export function listCheckpointDirectory(host: Host, path: string): readonly string[] {
  return codingReads(path, () => host.fs.list(path) ?? []);
}

/** Removes a file or folder of a checkpoint, if it is there. */
export function removeFromCheckpoint(host: Host, path: string): void {
  codingWrites(path, () => host.fs.removeTree(path));
}
