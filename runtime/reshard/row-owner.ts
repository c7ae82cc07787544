import { partitioner, type Partitioner } from "../connectors/kafka/partitioner.ts";
import { reshardError } from "../errors/reshard-error.ts";
import type { KeptOperator } from "../operators/stateful.ts";
import type { Sharding } from "../query/sharding.ts";
import type { OldSlice } from "./old-slice.ts";

/** Which partition the rows of a stored entry come from; undefined for an entry of every slice. */
export type PartitionOfEntry = (operator: KeptOperator, key: Uint8Array) => number | undefined;

/** How many partitions the topics have by whose hash the state is spread, by name, as the slices know it. */
export function topicPartitions(slices: readonly OldSlice[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { directory, metadata } of slices) {
    for (const [topic, count] of Object.entries(metadata.slice?.partitions ?? {})) {
      const before = counts.get(topic) ?? count;
      if (before !== count) throw otherPartitions(`one shard has seen ${before} partitions of the topic ${topic}, and another ${count}`, directory);
      counts.set(topic, count);
    }
  }
  return Object.fromEntries(counts);
}

/** Tells entries' partitions by the declared columns in their keys (`partitionedBy`). */
export function partitionsOfEntries({ reads, states }: Sharding, counts: Readonly<Record<string, number>>, directory: string): PartitionOfEntry {
  const [first, ...others] = Object.entries(counts);
  if (first === undefined) throw otherPartitions("the checkpoint does not say how many partitions the topics have", directory);
  const other = others.find(([, count]) => count !== first[1]);
  if (other !== undefined) throw otherPartitions(`the topic ${first[0]} has ${first[1]} partitions and ${other[0]} has ${other[1]}`, directory);
  const [, partitions] = first;
  const partitioners = [...new Map(Object.values(reads).map((columns) => [JSON.stringify(columns), columns] as const)).values()].map(partitioner);
  return (operator, key) => {
    const columns = operator.keyColumns(key);
    if (columns === undefined) return undefined;
    const values = (states[operator.descriptor.operatorId] ?? []).map((place) => columns[place]);
    return onePartition(partitioners, values, partitions, operator.descriptor.operatorId, directory);
  };
}

function onePartition(partitioners: readonly Partitioner[], values: readonly unknown[], partitions: number, operatorId: string, directory: string): number {
  const [first, ...others] = partitioners.map((partitionOf) => partitionOf(values, partitions));
  if (first === undefined) {
    throw reshardError("withoutPartition", `the state of "${operatorId}" has a key that is null where the partition is told by it: such rows may come in any partition`, directory,
      "leave those rows out (`where … is not null`) and begin anew, or stay with one process");
  }
  if (others.some((other) => other !== first)) throw otherPartitions(`keys of "${operatorId}" come in other partitions of one topic than of another`, directory);
  return first;
}

function otherPartitions(what: string, directory: string): Error {
  return reshardError("otherPartitions", `${what}: a key belongs into no one shard`, directory, "divide the checkpoint into one process (--to 1), or run every shard once more and try again");
}
