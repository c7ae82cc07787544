import type { TopicPartition } from "./kafka-client.ts";

/** A partition as one text: `clicks/0`. */
export function partitionKey({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}

/** `topic clicks, partition 0`, as messages name it. */
export function partitionWords({ topic, partition }: TopicPartition): string {
  return `topic ${topic}, partition ${partition}`;
}
