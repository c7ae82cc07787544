import { partitionOfKey } from "../../runtime/connectors/kafka/client/records/murmur2.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { startHarness, type HarnessOptions } from "../../runtime/testing/harness.ts";
import type { KafkaInMemory } from "./kafka-in-memory.ts";

/** Sends a message to the partition that Kafka's default partitioner chooses for its key. */
export function sendByKey(broker: KafkaInMemory, topic: string, partitions: number, key: string | Uint8Array, value: unknown): void {
  const bytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
  broker.append(topic, partitionOfKey(bytes, partitions), { key, value: JSON.stringify(value) });
}

/** All rows of a query over what its topics hold, with every window closed, as texts in order: as it is in one process, or of all shards. */
export async function drained(job: JobDefinition, broker: KafkaInMemory, shards: number, options: HarnessOptions = {}): Promise<readonly string[]> {
  const rows: string[] = [];
  for (let index = 0; index < shards; index++) {
    const harness = startHarness(job, { kafka: broker.factory, mode: "drain", ...options, ...(shards === 1 ? {} : { shard: { index, count: shards } }) });
    await harness.query.awaitTermination();
    for (const batch of await harness.settle()) for (const { kind, row } of batch.rows) rows.push(`${kind} ${JSON.stringify(row)}`);
  }
  return rows.sort();
}
