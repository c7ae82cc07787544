import type { Host } from "../host/host.ts";
import type { StatefulOperator } from "../operators/stateful.ts";
import { damagedFile, inspectCheckpointFile } from "../checkpoint/durable-file.ts";
import { isDamaged } from "../checkpoint/file-format.ts";
import { joinPath } from "../checkpoint/paths.ts";
import { startOver } from "../errors/checkpoint-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { stateError } from "../errors/state-error.ts";
import { partitionFolder, versionOfName } from "./state-files.ts";
import { stateEntries, type StateEntry } from "./state-payload.ts";
import { isSnapshot, type StateChain, type StateFile } from "./state-version.ts";

/** Where state files are read from. */
export interface StateReadPlace {
  readonly host: Host;
  readonly directory: string;
  readonly queryId: string;
}

/**
 * Restores one partition from the files of its chain: the snapshot's entries in their order, as the deltas changed them, then those
 * that only deltas hold. A file that is missing or is not the very one that was listed stops the query with its name.
 */
export function loadChain(place: StateReadPlace, chain: StateChain, operator: Pick<StatefulOperator, "restore">): void {
  const folder = partitionFolder(place.directory, chain.operatorId, chain.partition);
  const [first, ...rest] = chain.files;
  if (first === undefined) return;
  const changed = new Map<string, StateEntry>();
  for (const file of isSnapshot(first) ? rest : chain.files) {
    const path = joinPath(folder, file.name);
    naming(path, () => {
      for (const entry of stateEntries(readListed(place, path, file))) changed.set(keyText(entry.key), entry);
    });
  }
  if (isSnapshot(first)) {
    const path = joinPath(folder, first.name);
    naming(path, () => {
      for (const entry of stateEntries(readListed(place, path, first))) restore(operator, chain.partition, takeNewest(changed, entry));
    });
  }
  naming(folder, () => {
    for (const entry of changed.values()) restore(operator, chain.partition, entry);
  });
}

function takeNewest(changed: Map<string, StateEntry>, entry: StateEntry): StateEntry {
  if (changed.size === 0) return entry;
  const key = keyText(entry.key);
  const newest = changed.get(key);
  if (newest === undefined) return entry;
  changed.delete(key);
  return newest;
}

function restore(operator: Pick<StatefulOperator, "restore">, partition: number, entry: StateEntry): void {
  if (entry.value !== undefined) operator.restore(partition, entry.key, entry.value);
}

function keyText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("latin1");
}

function readListed(place: StateReadPlace, path: string, file: StateFile): Uint8Array {
  const version = versionOfName(file.name);
  const kind = isSnapshot(file) ? "state snapshot" : "state delta";
  const decoded = inspectCheckpointFile(place.host, path, place.directory, { kind, queryId: place.queryId, batch: version === undefined ? undefined : version - 1 });
  if (decoded === undefined) throw stateError("missingFile", "a state file that the checkpoint lists is missing", path, startOver(place.directory));
  if (isDamaged(decoded)) {
    if (decoded.damage === "newer") throw damagedFile(path, place.directory, decoded);
    throw stateError("damagedFile", `a state file is damaged: ${decoded.detail}`, path, startOver(place.directory));
  }
  if (decoded.checksum !== file.checksum) {
    throw stateError("damagedFile", `a state file is not the one that the checkpoint lists: expected checksum ${hex(file.checksum)}, found ${hex(decoded.checksum)}`, path, startOver(place.directory));
  }
  return decoded.payload;
}

/** Adds the file to an error about a row of it. */
function naming(path: string, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof SluiceRuntimeError && error.where === undefined) {
      throw new SluiceRuntimeError({ code: error.code, what: error.what, where: path, ...(error.how === undefined ? {} : { how: error.how }), cause: error });
    }
    throw error;
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
