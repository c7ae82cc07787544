import { SluiceRuntimeError } from "../errors/runtime-error.ts";

/** One of `count` processes that share a job's topics: it reads the partitions p with p mod `count` = `index`. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  /** At least 2: of one there are no shards. */
  readonly count: number;
}

/** The name of a shard's folders: `shard-0-of-3`. */
export function shardFolder({ index, count }: Shard): string {
  return `shard-${index}-of-${count}`;
}

/** A shard in messages: `shard 0/3`, as `--shard` writes it. */
export function shardWords({ index, count }: Shard): string {
  return `shard ${index}/${count}`;
}

/** So many shards in messages: `one process`, `3 shards`. */
export function shardsWords(count: number): string {
  return count === 1 ? "one process" : `${count} shards`;
}

/** Every shard of a number of them. */
export function everyShard(count: number): readonly Shard[] {
  return Array.from({ length: count }, (_, index) => ({ index, count }));
}

/** Whose slices a checkpoint has that stands in so many: every shard's, or the whole of one process. */
export function slicesOf(count: number): readonly (Shard | undefined)[] {
  return count === 1 ? [undefined] : everyShard(count);
}

/** Whether a partition is the shard's to read; without shards every partition is. */
export function owns(shard: Shard | undefined, partition: number): boolean {
  return shard === undefined || partition % shard.count === shard.index;
}

/** The value of `--shard`; undefined where it names the whole (`0/1`). */
export function readShard(text: string): Shard | undefined {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (first === undefined || count < 1 || index >= count) {
    throw new SluiceRuntimeError({ code: "R7621", what: `--shard ${text} names no shard`, how: "write --shard I/N with I from 0 to N − 1: 0/3, 1/3 and 2/3 are the three shards of three" });
  }
  return count === 1 ? undefined : { index, count };
}
