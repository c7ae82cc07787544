import type { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";
import { partitionKey } from "./client/partition-names.ts";
import type { PartitionOffsets } from "./partition-offsets.ts";
import type { Subscribed } from "./subscription.ts";
import { askTopicIds, type TopicIds } from "./topic-ids.ts";

interface EndsParts {
  readonly client: KafkaClient;
  readonly positions: BrokerPositions;
  readonly subscribed: Subscribed;
}

/** The partitions that there are, and where each ends. */
export interface Ends {
  readonly partitions: readonly TopicPartition[];
  readonly offsets: PartitionOffsets;
}

/** Asks the brokers where the subscribed partitions end. */
export class KafkaEnds {
  readonly #parts: EndsParts;

  constructor(parts: EndsParts) {
    this.#parts = parts;
  }

  async now(): Promise<Ends> {
    const { client, positions, subscribed } = this.#parts;
    const found = await subscribed.partitions(client);
    const offsets = await positions.latest(found);
    return { partitions: found.filter((partition) => offsets.has(partitionKey(partition))), offsets };
  }

  /** The same with the ids that the topics have. */
  async withTopics(): Promise<Ends & { readonly topics: TopicIds }> {
    const ends = await this.now();
    return { ...ends, topics: await askTopicIds(this.#parts.client, ends.partitions) };
  }
}
