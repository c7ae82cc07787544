import type { Host } from "../../host/host.ts";
import type { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";
import { partitionKey, type PartitionOffsets } from "./partition-offsets.ts";
import type { Subscribed } from "./subscription.ts";

/** How often and after how many milliseconds an end below what is known is asked for again: brokers may answer so for a moment (KAFKA-7703). */
const attempts = 3;
const interval = 1000;

interface EndsParts {
  readonly host: Host;
  readonly client: KafkaClient;
  readonly positions: BrokerPositions;
  readonly subscribed: Subscribed;
  readonly stopping: AbortSignal;
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

  /** The same, asked again while one of them is below what is known of its partition; what stays below was lost. */
  async notBelow(known: PartitionOffsets): Promise<Ends> {
    const { host, stopping } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      const ends = await this.now();
      const isBelow = [...ends.offsets].some(([key, end]) => end < (known.get(key) ?? 0));
      if (!isBelow || attempt > attempts || stopping.aborted) return ends;
      await host.timers.sleep(interval, stopping);
    }
  }
}
