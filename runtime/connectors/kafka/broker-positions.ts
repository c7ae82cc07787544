import { askAgain, type Asking } from "./ask-again.ts";
import type { KafkaClient, OffsetQuery, Isolation, TopicPartition } from "./client/kafka-client.ts";
import { partitionKey, partitionWords } from "./client/partition-names.ts";
import type { DataLoss } from "./data-loss.ts";
import { partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import { earliestOffset, latestOffset, type Positions } from "./positions.ts";
import { noMessageAt, noPosition, positionsDoNotFit } from "./source-errors.ts";

/** Asks a broker where in its partitions reading starts and ends. */
export class BrokerPositions {
  readonly #client: KafkaClient;
  readonly #isolation: Isolation;
  readonly #asking: Asking;

  constructor(client: KafkaClient, isolation: Isolation, asking: Asking) {
    this.#client = client;
    this.#isolation = isolation;
    this.#asking = asking;
  }

  /** The offsets that answer a query; partitions that are gone, or have no message at or after a time, are not among them. */
  async ask(partitions: readonly TopicPartition[], query: OffsetQuery, isolation: Isolation = this.#isolation): Promise<Map<string, number>> {
    if (partitions.length === 0) return new Map();
    const offsets = await this.#client.offsets(partitions, query, isolation);
    return new Map(partitions.flatMap((partition, at) => (offsets[at] === undefined ? [] : [[partitionKey(partition), offsets[at]] as const])));
  }

  earliest(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    return this.ask(partitions, "earliest");
  }

  latest(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    return this.ask(partitions, "latest");
  }

  /** The ends with what transactions that are open have written. */
  written(partitions: readonly TopicPartition[]): Promise<Map<string, number>> {
    return this.ask(partitions, "latest", "read_uncommitted");
  }

  /** The offsets of positions, for every one of the partitions. `withoutMatch`: what is taken where no message is at or after a time. */
  async resolve(positions: Positions, partitions: readonly TopicPartition[], withoutMatch: "error" | "latest", loss: DataLoss): Promise<PartitionOffsets> {
    switch (positions.kind) {
      case "earliest":
      case "latest":
        return this.#ofEach(partitions, positions.kind);
      case "offsets":
        ensureSame(positions.option, positions.offsets, partitions);
        return this.#within(positions.offsets, partitions, loss);
      case "timestamp":
        return this.#byTime(positions.option, new Map(partitions.map((partition) => [partitionKey(partition), positions.timestamp])), partitions, withoutMatch);
      case "timestamps":
        ensureSame(positions.option, positions.timestamps, partitions);
        return this.#byTime(positions.option, positions.timestamps, partitions, withoutMatch);
    }
  }

  /** Offsets that are named: −2 and −1 are asked for, and what lies outside of the partition is a loss. */
  async #within(offsets: PartitionOffsets, partitions: readonly TopicPartition[], loss: DataLoss): Promise<PartitionOffsets> {
    const [earliest, latest] = await Promise.all([this.#ofEach(partitions, "earliest"), this.#ofEach(partitions, "latest")]);
    return new Map(
      partitions.map((partition) => {
        const key = partitionKey(partition);
        const least = earliest.get(key) ?? 0;
        const most = latest.get(key) ?? least;
        const named = offsets.get(key) ?? earliestOffset;
        if (named === earliestOffset) return [key, least] as const;
        if (named === latestOffset) return [key, most] as const;
        if (named < least || named > most) loss.report(`the offset ${named} is asked for, and there are those from ${least} to ${most}`, partitionWords(partition));
        return [key, Math.min(most, Math.max(least, named))] as const;
      }),
    );
  }

  async #byTime(option: string, times: PartitionOffsets, partitions: readonly TopicPartition[], withoutMatch: "error" | "latest"): Promise<PartitionOffsets> {
    const found = new Map<string, number>();
    for (const timestamp of new Set(times.values())) {
      const asked = partitions.filter((partition) => times.get(partitionKey(partition)) === timestamp);
      for (const [key, offset] of await this.ask(asked, { timestamp })) found.set(key, offset);
    }
    const without = partitions.filter((partition) => !found.has(partitionKey(partition)));
    const [first] = without;
    if (first === undefined) return found;
    if (withoutMatch === "error") throw noMessageAt(option, partitionWords(first), new Date((times.get(partitionKey(first)) ?? 0) / 1000).toISOString());
    return new Map([...found, ...(await this.#ofEach(without, "latest"))]);
  }

  /** The first or last offset of every one of them: one without an answer would be new the next time, and be read from its beginning. */
  async #ofEach(partitions: readonly TopicPartition[], query: "earliest" | "latest"): Promise<Map<string, number>> {
    const found = await askAgain(() => this.ask(partitions, query), (answer) => answer.size === partitions.length, this.#asking);
    const without = partitions.find((partition) => !found.has(partitionKey(partition)));
    if (without !== undefined) throw noPosition(partitionWords(without), query);
    return found;
  }
}

function ensureSame(option: string, named: PartitionOffsets, partitions: readonly TopicPartition[]): void {
  const missing = partitions.map(partitionKey).filter((key) => !named.has(key));
  const unknown = [...named.keys()].filter((key) => !partitions.some((partition) => partitionKey(partition) === key));
  if (missing.length > 0 || unknown.length > 0) throw positionsDoNotFit(option, missing.map(wordsOf), unknown.map(wordsOf));
}

function wordsOf(key: string): string {
  return partitionWords(partitionOf(key));
}
