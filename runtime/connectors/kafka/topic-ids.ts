import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";

/** Ids of topics by name, where the brokers say them: a topic that is deleted and made again has another one. */
export type TopicIds = ReadonlyMap<string, string>;

/** The ids of the topics of partitions, as far as they are told now. */
export async function askTopicIds(client: KafkaClient, partitions: readonly TopicPartition[]): Promise<TopicIds> {
  return partitions.length === 0 ? new Map<string, string>() : client.topicIds([...new Set(partitions.map(({ topic }) => topic))]);
}

/** Whether both ids of a topic are known, and are not the same: it is another topic of that name. */
export function isOtherTopic(topic: string, before: TopicIds, now: TopicIds): boolean {
  return before.has(topic) && now.has(topic) && before.get(topic) !== now.get(topic);
}

export function sameTopics(a: TopicIds, b: TopicIds): boolean {
  return a.size === b.size && [...a].every(([name, id]) => b.get(name) === id);
}
