import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { SourceShare } from "../connectors/source.ts";
import { owns, shardWords, type Shard } from "./shard.ts";

/** How many partitions topics have, by name. */
type Counts = Readonly<Record<string, number>>;

interface TopicPartitionsParts {
  readonly shard: Shard | undefined;
  /** What the checkpoint says. */
  readonly kept: Counts;
  /** Makes it durable. */
  keep(counts: Counts): void;
}

/**
 * How many partitions the topics of a query have by whose hash its state is spread. Within a shard the number must stay: with another one keys of
 * its state would come in partitions of other shards (R7802). All topics must have the same number, so that a key is with one shard whatever topic it comes from (R7804).
 */
export class TopicPartitions {
  readonly #parts: TopicPartitionsParts;
  /** By topic, whose name may be any, that of an object's property too. */
  #counts: ReadonlyMap<string, number>;

  constructor(parts: TopicPartitionsParts) {
    this.#parts = parts;
    this.#counts = new Map(Object.entries(parts.kept));
  }

  /** How many partitions a topic has, as far as it was seen. */
  of(topic: string): number | undefined {
    return this.#counts.get(topic);
  }

  /** What a source reads of its topics; `spreads`: whether its rows reach state. */
  share(spreads: boolean): SourceShare {
    const { shard } = this.#parts;
    return { owns: (partition) => owns(shard, partition), saw: (counts) => spreads && this.#saw(counts) };
  }

  #saw(counts: ReadonlyMap<string, number>): void {
    const { shard, keep } = this.#parts;
    const news = [...counts].filter(([topic, count]) => this.#counts.get(topic) !== count);
    if (news.length === 0) return;
    const now = new Map([...this.#counts, ...news]);
    if (shard !== undefined) {
      for (const [topic, count] of news) {
        const before = this.#counts.get(topic);
        if (before !== undefined) throw partitionsChanged(topic, before, count, shard);
      }
      requireOneNumber(now);
    }
    keep(Object.fromEntries(now));
    this.#counts = now;
  }
}

function requireOneNumber(counts: ReadonlyMap<string, number>): void {
  const [first, ...others] = counts;
  const other = others.find(([, count]) => count !== first?.[1]);
  if (first === undefined || other === undefined) return;
  throw new SluiceRuntimeError({
    code: "R7804",
    what: `the topic ${first[0]} has ${first[1]} partitions and ${other[0]} has ${other[1]}: a key of both is in partitions of different shards`,
    how: "give the topics the same number of partitions, or run the query in one process (without --shard)",
  });
}

function partitionsChanged(topic: string, before: number, now: number, shard: Shard): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7802",
    what: `the topic ${topic} had ${before} partitions when the state of ${shardWords(shard)} was made, and has ${now}: keys come in other partitions than before`,
    how: "run the job in one process (`sluice reshard --to 1`, then without --shard), or begin anew with new checkpoints; a topic whose keys are sharded keeps its number of partitions",
  });
}
