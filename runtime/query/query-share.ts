import type { QueryDefinition } from "./definition.ts";
import type { QueryStore } from "./query-store.ts";
import { RowPartitionCheck } from "./row-partition-check.ts";
import type { Shard } from "./shard.ts";
import { TopicPartitions } from "./topic-partitions.ts";

/** What a process reads of its query's topics, and how its rows are held against what their source declares. */
export class QueryShare {
  /** Where a shard runs, or a query that could be divided into shards: then its checkpoint keeps how many partitions its topics have. */
  readonly partitions: TopicPartitions | undefined;
  readonly #definition: QueryDefinition<never>;
  readonly #shard: Shard | undefined;

  /** `shard`: undefined where one process reads everything. */
  constructor(definition: QueryDefinition<never>, shard: Shard | undefined, store: Pick<QueryStore, "topicPartitions" | "keepTopicPartitions">) {
    this.#definition = definition;
    this.#shard = shard;
    if (shard === undefined && definition.sharding === undefined) return;
    this.partitions = new TopicPartitions({ shard, kept: store.topicPartitions ?? {}, keep: (counts) => store.keepTopicPartitions?.(counts) });
  }

  /** The check of a read's rows: within a shard, where they reach state. */
  partitionCheck(read: string): RowPartitionCheck | undefined {
    const { name, reads, sharding } = this.#definition;
    const input = reads[read]?.input;
    if (this.#shard === undefined || this.partitions === undefined || input === undefined || sharding === undefined || !Object.hasOwn(sharding.reads, read)) return undefined;
    const { partitions } = this;
    return new RowPartitionCheck({ queryName: name, input, columns: sharding.reads[read] ?? [], partitionsOf: (topic) => partitions.of(topic) });
  }
}
