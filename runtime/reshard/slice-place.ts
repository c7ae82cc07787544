import { shardFolder, type Shard } from "../query/shard.ts";
import { placeInFolder, type CheckpointPlace } from "../shards/checkpoint-place.ts";

/** Where the checkpoint of a query has its slices, and where they stand while they are divided anew: all in the folder that `--checkpoint` names. */
export class SlicePlace implements CheckpointPlace {
  /** The other names are made of it. */
  readonly whole: string;
  readonly #place: CheckpointPlace;

  constructor(directory: string, query: string) {
    this.#place = placeInFolder(directory, query);
    this.whole = this.#place.whole;
  }

  /** The folder of a slice. */
  slice(shard: Shard | undefined): string {
    return this.#place.slice(shard);
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

/** The name of a slice within a folder that holds only slices of one query. */
export function sliceName(shard: Shard | undefined): string {
  return shard === undefined ? "whole" : shardFolder(shard);
}
