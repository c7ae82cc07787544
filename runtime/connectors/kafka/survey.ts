import { askAgain, type Asking } from "./ask-again.ts";
import type { BrokerPositions } from "./broker-positions.ts";
import type { TopicPartition } from "./client/kafka-client.ts";
import { partitionKey, partitionWords } from "./client/partition-names.ts";
import type { DataLoss } from "./data-loss.ts";
import type { Ends, KafkaEnds } from "./kafka-ends.ts";
import { partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import { isOtherTopic, type TopicIds } from "./topic-ids.ts";

/** Milliseconds for which partitions are asked for again that are not there, or end before what was read of them. */
const patience = 3000;

interface SurveyParts extends Asking {
  readonly ends: KafkaEnds;
  readonly positions: BrokerPositions;
  readonly loss: DataLoss;
}

/** What there is now of partitions that were read so far. */
export interface Findings {
  readonly partitions: readonly TopicPartition[];
  /** Where each ends, as the brokers say it. */
  readonly seen: PartitionOffsets;
  /** Where each ends, but for those of which more was read than that: they end there. */
  readonly ends: PartitionOffsets;
  /** The partitions that can be read on: they are there, and do not end before what was read of them. */
  readonly readable: ReadonlySet<string>;
  /** The ids of the topics; of a topic that has none now, the one that it had. */
  readonly topics: TopicIds;
  /** Partitions of topics that were deleted and made again, with where they begin now. */
  readonly remade: PartitionOffsets;
  /** Partitions that a topic which was made again does not have. */
  readonly lapsed: ReadonlySet<string>;
}

/**
 * Holds what the brokers have against what was read. What has vanished is reported and kept in mind: the same topic that comes back goes on where it was, and
 * another one of its name begins at its beginning, so that nothing is read twice.
 */
export class Survey {
  readonly #parts: SurveyParts;
  /** Partitions that stayed away or behind when they were asked for again: not all wait for them each time. */
  readonly #away = new Set<string>();

  constructor(parts: SurveyParts) {
    this.#parts = parts;
  }

  /** `known`: of each partition the next offset to read. `before`: the topics as they were then. */
  async of(known: PartitionOffsets, before: TopicIds): Promise<Findings> {
    const { loss, positions } = this.#parts;
    const found = await askAgain(() => this.#look(known, before), ({ missing, behind }) => [...missing, ...behind].every((key) => this.#away.has(key)), this.#parts, patience);
    const isRemade = (key: string): boolean => isOtherTopic(partitionOf(key).topic, before, found.topics);
    const again = [...known.keys()].filter(isRemade);
    const begins = await positions.earliest(found.partitions.filter((partition) => known.has(partitionKey(partition)) && isRemade(partitionKey(partition))));
    const there = new Set(found.partitions.map(partitionKey));
    // Where one does not answer, its topic waits until the next time.
    const waiting = new Set(again.filter((key) => there.has(key) && !begins.has(key)).map((key) => partitionOf(key).topic));
    const partitions = found.partitions.filter(({ topic }) => !waiting.has(topic));
    const remade = new Map([...begins].filter(([key]) => !waiting.has(partitionOf(key).topic)));
    const lapsed = new Set(again.filter((key) => !there.has(key) && !waiting.has(partitionOf(key).topic)));
    for (const key of [...remade.keys(), ...lapsed]) loss.report(`the topic was deleted and made again after it was read up to offset ${known.get(key) ?? 0}`, partitionWords(partitionOf(key)));
    for (const key of found.missing) loss.report(`it is gone, after it was read up to offset ${known.get(key) ?? 0}`, partitionWords(partitionOf(key)));
    for (const key of found.behind) loss.report(`it ends at offset ${found.offsets.get(key) ?? 0}, and was read up to ${known.get(key) ?? 0}`, partitionWords(partitionOf(key)));
    this.#away.clear();
    for (const key of [...found.missing, ...found.behind]) this.#away.add(key);
    const keys = partitions.map(partitionKey);
    return {
      partitions,
      seen: found.offsets,
      ends: new Map(keys.map((key) => [key, remade.has(key) ? (found.offsets.get(key) ?? 0) : Math.max(found.offsets.get(key) ?? 0, known.get(key) ?? 0)])),
      readable: new Set(keys.filter((key) => !found.behind.includes(key))),
      topics: new Map([...before, ...[...found.topics].filter(([topic]) => !waiting.has(topic))]),
      remade,
      lapsed,
    };
  }

  async #look(known: PartitionOffsets, before: TopicIds): Promise<Ends & { readonly topics: TopicIds; readonly missing: readonly string[]; readonly behind: readonly string[] }> {
    const { ends, positions } = this.#parts;
    const found = await ends.withTopics();
    const same = [...known.keys()].filter((key) => !isOtherTopic(partitionOf(key).topic, before, found.topics));
    const below = same.filter((key) => (found.offsets.get(key) ?? Infinity) < (known.get(key) ?? 0));
    // Whoever read without regard to transactions may be further than what is decided: that is no loss, and is waited for.
    const written = await positions.written(below.map(partitionOf));
    return { ...found, missing: same.filter((key) => !found.offsets.has(key)), behind: below.filter((key) => (written.get(key) ?? 0) < (known.get(key) ?? 0)) };
  }
}
