import type { FetchOptions, KafkaClient } from "./client/kafka-client.ts";
import { partitionOf, type PartitionOffsets } from "./partition-offsets.ts";

/**
 * Waits until something stands behind one of the ends: a request that the broker holds open until then, so that nothing comes later for being looked for at times. What it
 * brings is let go of. False when the signal fires, and where the asking fails: others ask too, and meet the error.
 */
export async function messagesBehind(client: KafkaClient, ends: PartitionOffsets, { isolation, maxWait, timeout }: Pick<FetchOptions, "isolation" | "maxWait" | "timeout">, signal: AbortSignal): Promise<boolean> {
  if (ends.size === 0) return false;
  try {
    const ranges = [...ends].map(([key, from]) => ({ ...partitionOf(key), from }));
    for await (const _ of client.fetch(ranges, { isolation, maxWait, timeout, bytesAhead: 1, signal })) return true;
  } catch {
    // The partition may be gone, or the broker.
  }
  return false;
}
