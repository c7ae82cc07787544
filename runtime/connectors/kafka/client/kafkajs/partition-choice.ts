import type { OutgoingMessage, TopicPartition } from "../kafka-client.ts";
import { unknownTopic } from "../kafka-errors.ts";
import { partitionOfKey } from "../records/murmur2.ts";
import { roughSize } from "../records/encode-record-batch.ts";

/** What goes to one partition, in order. */
export interface PartitionMessages extends TopicPartition {
  readonly messages: readonly OutgoingMessage[];
}

/** Chooses partitions: the one that is asked for, by the hash of the key, or in turn. */
export class PartitionChoice {
  readonly #turns = new Map<string, number>();

  /** The messages by partition. `counts` has the count of partitions of each topic. */
  split(messages: readonly OutgoingMessage[], counts: ReadonlyMap<string, number>): readonly PartitionMessages[] {
    const topics = new Map<string, Map<number, OutgoingMessage[]>>();
    for (const message of messages) {
      let partitions = topics.get(message.topic);
      if (partitions === undefined) topics.set(message.topic, (partitions = new Map()));
      const partition = this.#partitionOf(message, counts.get(message.topic) ?? 0);
      const chosen = partitions.get(partition);
      if (chosen === undefined) partitions.set(partition, [message]);
      else chosen.push(message);
    }
    return [...topics].flatMap(([topic, partitions]) => [...partitions].map(([partition, chosen]) => ({ topic, partition, messages: chosen })));
  }

  #partitionOf({ topic, partition, key }: OutgoingMessage, count: number): number {
    if (partition !== null) {
      if (Number.isInteger(partition) && partition >= 0 && partition < count) return partition;
      throw unknownTopic(topic, `the topic has no partition ${partition}, only 0 to ${count - 1}`);
    }
    if (key !== null) return partitionOfKey(key, count);
    const turn = this.#turns.get(topic) ?? 0;
    this.#turns.set(topic, turn + 1);
    return turn % count;
  }
}

/** Cuts messages into batches that stay below a size; one that is larger by itself is a batch of its own. */
export function cutIntoBatches(messages: readonly OutgoingMessage[], mostBytes: number): readonly (readonly OutgoingMessage[])[] {
  const batches: OutgoingMessage[][] = [];
  let size = Infinity;
  for (const message of messages) {
    const bytes = roughSize(message);
    const last = batches.at(-1);
    if (last === undefined || size + bytes > mostBytes) {
      batches.push([message]);
      size = bytes;
    } else {
      last.push(message);
      size += bytes;
    }
  }
  return batches;
}
