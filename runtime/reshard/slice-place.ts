import { joinPath, pathSafeName } from "../checkpoint/paths.ts";
import { shardFolder, type Shard } from "../query/shard.ts";

/** Where the checkpoint of a query has its slices, and where they stand while they are divided anew: all in the folder that `--checkpoint` names. */
export class SlicePlace {
  /** The folder of the checkpoint in one process; the other names are made of it. */
  readonly whole: string;
  readonly #directory: string;
  readonly #name: string;

  constructor(directory: string, query: string) {
    this.#directory = directory;
    this.#name = pathSafeName(query);
    this.whole = joinPath(directory, this.#name);
  }

  /** The folder of a slice. */
  slice(shard: Shard | undefined): string {
    return shard === undefined ? this.whole : joinPath(this.#directory, shardFolder(shard), this.#name);
  }

  /** Where new slices are written. Names of queries have no dot in a path, so no checkpoint is called so. */
  get made(): string {
    return `${this.whole}.reshard`;
  }

  /** Where slices are left that are no longer in use; `number` from 1. */
  setAside(number: number): string {
    return `${this.whole}.before-reshard-${number}`;
  }
}

/** The shards of a number of them; of one process the whole. */
export function shardsOf(count: number): readonly (Shard | undefined)[] {
  return count === 1 ? [undefined] : Array.from({ length: count }, (_, index) => ({ index, count }));
}

/** The name of a slice within a folder that holds only slices of one query. */
export function sliceName(shard: Shard | undefined): string {
  return shard === undefined ? "whole" : shardFolder(shard);
}
