import type { TopicPartition } from "./client/kafka-client.ts";
import { partitionKey } from "./client/partition-names.ts";
import type { Positions } from "./positions.ts";

/** Positions without those of partitions that are there and that another process reads: options name all partitions. */
export function ownPositions(positions: Positions, there: readonly TopicPartition[], own: readonly TopicPartition[]): Positions {
  if (there.length === own.length || (positions.kind !== "offsets" && positions.kind !== "timestamps")) return positions;
  const mine = new Set(own.map(partitionKey));
  const others = new Set(there.map(partitionKey).filter((key) => !mine.has(key)));
  const kept = (values: ReadonlyMap<string, number>): ReadonlyMap<string, number> => new Map([...values].filter(([key]) => !others.has(key)));
  return positions.kind === "offsets" ? { ...positions, offsets: kept(positions.offsets) } : { ...positions, timestamps: kept(positions.timestamps) };
}
