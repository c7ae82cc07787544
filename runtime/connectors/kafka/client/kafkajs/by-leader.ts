import type { TopicPartition } from "../kafka-client.ts";
import { partitionWords } from "../partition-names.ts";
import type { Metadata, NodeTable } from "./node-table.ts";
import { errorCodes, isGone } from "./protocol-error.ts";

/** Partitions by who leads them. */
export interface Led<Place> {
  /** By the number of the broker. */
  readonly leaders: ReadonlyMap<number, readonly Place[]>;
  /** Those that are not there, or whose topic is not. */
  readonly missing: readonly Place[];
}

/** Divides partitions among their leaders. Fails where one has no leader now, which passes, or where brokers refuse to tell of a topic. */
export function byLeader<Place extends TopicPartition>(nodes: NodeTable, { topicMetadata }: Metadata, places: readonly Place[]): Led<Place> {
  const leaders = new Map<number, Place[]>();
  const missing: Place[] = [];
  for (const place of places) {
    const topic = topicMetadata.find((each) => each.topic === place.topic);
    const code = topic?.topicErrorCode ?? errorCodes.unknownTopic;
    if (!isGone(code)) nodes.check(code, `topic ${place.topic}`);
    const partition = topic?.partitionMetadata.find(({ partitionId }) => partitionId === place.partition);
    if (partition === undefined) missing.push(place);
    else if (partition.leader < 0) throw nodes.errorOf(errorCodes.leaderNotAvailable, partitionWords(place));
    else addTo(leaders, partition.leader, place);
  }
  return { leaders, missing };
}

/** Adds one to those that a key has. */
export function addTo<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
