import { CheckpointLock } from "../checkpoint/checkpoint-lock.ts";
import { codingReads, codingWrites } from "../checkpoint/coded-io.ts";
import { makeDurableDirectory, writeDurably } from "../checkpoint/durable-file.ts";
import { joinPath, parentPath } from "../checkpoint/paths.ts";
import { reshardError } from "../errors/reshard-error.ts";
import { systemErrorCode } from "../errors/system-error.ts";
import type { Host } from "../host/host.ts";
import type { QueryDefinition } from "../query/definition.ts";
import { shardsWords, slicesOf, type Shard } from "../query/shard.ts";
import type { CheckpointPlace } from "./checkpoint-place.ts";
import { hasBegun } from "./has-begun.ts";

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
 * Refuses to open a checkpoint by another number of shards than it stands in (R7805): it would begin anew beside what is there. The first start of a shard notes the number; where nothing
 * has begun in any slice (every start was refused), the next start may be one of another number.
 */
export function useSlices(host: Host, place: CheckpointPlace, definition: Pick<QueryDefinition<never>, "reads">, shard: Shard | undefined): void {
  const { whole } = place;
  const count = shard?.count ?? 1;
  const inUse = numberOf(host, whole);
  if (inUse === undefined) {
    if (shard !== undefined) note(host, whole, count);
    return;
  }
  if (inUse === count) return;
  const isFree = (): boolean => slicesOf(inUse).map((each) => place.slice(each)).every((slice) => !hasBegun(host, slice, definition) && !CheckpointLock.isTaken(host, slice));
  if (!isFree()) throw otherNumber(whole, inUse, count);
  switchSlices(host, whole, count);
  if (isFree()) return;
  // A slice was opened in the meantime, by one that has seen the number that it had.
  switchSlices(host, whole, inUse);
  throw otherNumber(whole, inUse, count);
}

/** The same with the slice in hand, and without any change: the number may have become another between the first look and the lock. */
export function checkSlices(host: Host, { whole }: CheckpointPlace, shard: Shard | undefined): void {
  const count = shard?.count ?? 1;
  const inUse = numberOf(host, whole) ?? count;
  if (inUse !== count) throw otherNumber(whole, inUse, count);
}

/** A checkpoint that does not say it, and is there, is that of one process. */
function numberOf(host: Host, folder: string): number | undefined {
  return slicesInUse(host, folder) ?? (host.fs.stat(joinPath(folder, "metadata")) === undefined ? undefined : 1);
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

function contentOf(count: number): Uint8Array {
  return new TextEncoder().encode(`{"shards":${count}}\n`);
}

function otherNumber(folder: string, inUse: number, count: number): Error {
  return reshardError("otherNumber", `the checkpoint is that of ${shardsWords(inUse)}, and is opened by ${shardsWords(count)}`, folder,
    `run the job in ${shardsWords(inUse)}, or divide the checkpoint anew: sluice reshard --checkpoint DIR --from ${inUse} --to ${count} JOB`);
}
