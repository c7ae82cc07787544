import type { Offset } from "../source.ts";
import { unreadableOffset } from "../unreadable-offset.ts";
import type { TopicPartition } from "./client/kafka-client.ts";
import { partitionKey } from "./client/partition-names.ts";

/** Offsets by partition (`partitionKey`): of each the next one to read. */
export type PartitionOffsets = ReadonlyMap<string, number>;

/** The partition of a key. */
export function partitionOf(key: string): TopicPartition {
  const slash = key.lastIndexOf("/");
  return { topic: key.slice(0, slash), partition: Number(key.slice(slash + 1)) };
}

/** By topic, then by partition. */
export function comparePartitions(a: TopicPartition, b: TopicPartition): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition;
}

/** The keys of partitions in order. */
export function inOrder(keys: Iterable<string>): readonly string[] {
  return [...keys].map(partitionOf).sort(comparePartitions).map(partitionKey);
}

/** `{"topic":{"0":23}}`, as Spark writes it, topics and partitions in order. */
export function offsetText(offsets: PartitionOffsets): Offset {
  let text = "{";
  let topic: string | undefined;
  for (const key of inOrder(offsets.keys())) {
    const each = partitionOf(key);
    text += each.topic === topic ? "," : `${topic === undefined ? "" : "},"}${JSON.stringify(each.topic)}:{`;
    topic = each.topic;
    text += `"${each.partition}":${offsets.get(key) ?? 0}`;
  }
  return `${text}${topic === undefined ? "" : "}"}}`;
}

/** The offsets that a text of `offsetText` holds. */
export function parseOffset(offset: Offset): PartitionOffsets {
  const parsed = parsePartitions(offset);
  if (parsed === undefined || [...parsed.values()].some((each) => each < 0)) throw unreadableOffset(offset);
  return parsed;
}

/** Whole numbers by topic and partition, written as JSON; undefined where the text is something else. */
export function parsePartitions(json: string): PartitionOffsets | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const offsets = new Map<string, number>();
  for (const [topic, partitions] of Object.entries(value)) {
    if (!isObject(partitions)) return undefined;
    for (const [partition, offset] of Object.entries(partitions)) {
      if (!/^(0|[1-9]\d{0,8})$/.test(partition) || typeof offset !== "number" || !Number.isSafeInteger(offset)) return undefined;
      offsets.set(partitionKey({ topic, partition: Number(partition) }), offset);
    }
  }
  return offsets;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
