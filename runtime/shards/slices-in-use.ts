import { codingReads, codingWrites } from "../checkpoint/coded-io.ts";
import { makeDurableDirectory, writeDurably } from "../checkpoint/durable-file.ts";
import { joinPath, parentPath } from "../checkpoint/paths.ts";
import { reshardError } from "../errors/reshard-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import type { Host } from "../host/host.ts";
import type { Shard } from "../query/shard.ts";

/**
 * Beside the folder that a query's checkpoint has in one process: in how many slices the checkpoint stands. A slice of another number is never opened, so that changing the number has
 * one moment, the replacing of this file, before which the old slices hold and after which the new ones do. A checkpoint that was never divided has none.
 */
export function slicesFile(folder: string): string {
  return `${folder}.shards`;
}

/** In how many slices a checkpoint stands; undefined where it does not say. */
export function slicesInUse(host: Host, folder: string): number | undefined {
  const path = slicesFile(folder);
  const bytes = codingReads(path, () => host.fs.readFile(path));
  if (bytes === undefined) return undefined;
  const [, digits] = /^\{"shards":([1-9]\d{0,3})\}\n$/.exec(new TextDecoder().decode(bytes)) ?? [];
  if (digits === undefined) {
    throw reshardError("unreadable", "the file that says into how many shards the checkpoint is divided is not as it was written", path, 'write {"shards":N} and a line end into it, with N the number of the folders shard-…-of-N that are in use');
  }
  return Number(digits);
}

/** Makes another number of slices the one in use: durable, and all at once. */
export function switchSlices(host: Host, folder: string, count: number): void {
  codingWrites(folder, () => writeDurably(host, slicesFile(folder), contentOf(count), "shards", true));
}

/**
 * Refuses to open a checkpoint by another number of shards than it stands in (R7805): it would begin anew beside what is there. The first start of a shard notes the number. `folder` is
 * the folder of the query's checkpoint in one process.
 */
export function useSlices(host: Host, folder: string, shard: Shard | undefined): void {
  const count = shard?.count ?? 1;
  const inUse = slicesInUse(host, folder) ?? (isThere(host, folder) ? 1 : undefined);
  if (inUse === undefined) {
    if (shard !== undefined) note(host, folder, count);
    return;
  }
  if (inUse !== count) throw otherNumber(folder, inUse, count);
}

/** The other shards may be noting the same at this moment. */
function note(host: Host, folder: string, count: number): void {
  codingWrites(folder, () => {
    makeDurableDirectory(host, parentPath(folder));
    try {
      writeDurably(host, slicesFile(folder), contentOf(count), "shards");
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
  });
  const noted = slicesInUse(host, folder) ?? count;
  if (noted !== count) throw otherNumber(folder, noted, count);
}

function isThere(host: Host, folder: string): boolean {
  return host.fs.stat(joinPath(folder, "metadata")) !== undefined;
}

function contentOf(count: number): Uint8Array {
  return new TextEncoder().encode(`{"shards":${count}}\n`);
}

function otherNumber(folder: string, inUse: number, count: number): Error {
  const words = (number: number): string => (number === 1 ? "one process" : `${number} shards`);
  return reshardError("otherNumber", `the checkpoint is that of ${words(inUse)}, and is opened by ${words(count)}`, folder,
    `run the job in ${words(inUse)}, or divide the checkpoint anew: sluice reshard --checkpoint DIR --from ${inUse} --to ${count} JOB`);
}
