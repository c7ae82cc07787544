import { askAgain, type Asking } from "./ask-again.ts";
import type { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient } from "./client/kafka-client.ts";
import { partitionWords } from "./client/partition-names.ts";
import type { DataLoss } from "./data-loss.ts";
import { partitionOf } from "./partition-offsets.ts";
import type { OffsetRange } from "./split-ranges.ts";
import { askTopicIds, isOtherTopic, type TopicIds } from "./topic-ids.ts";

interface VerifyParts extends Asking {
  readonly client: KafkaClient;
  readonly positions: BrokerPositions;
  readonly loss: DataLoss;
  /** The topics as they were when the ranges were planned. */
  readonly topics: TopicIds;
}

/**
 * The ranges of a batch that is run again, as far as they are there: what was planned by another run may be gone, and who waits for an offset that
 * does not come waits for ever. Another topic of the same name has none of them.
 */
export async function verifiedRanges(ranges: readonly OffsetRange[], parts: VerifyParts): Promise<readonly OffsetRange[]> {
  const { client, loss, positions, signal, topics } = parts;
  const partitions = ranges.map(({ key }) => partitionOf(key));
  const ask = async () => {
    const now = await askTopicIds(client, partitions);
    const ends = await positions.latest(partitions);
    const short = ranges.filter(({ key, until }) => (ends.get(key) ?? 0) < until).map(({ key }) => partitionOf(key));
    // What a transaction that is open holds back comes when it is decided.
    const written = await positions.written(short);
    return { isOther: ({ key }: OffsetRange) => isOtherTopic(partitionOf(key).topic, topics, now), endOf: ({ key }: OffsetRange) => (ends.has(key) || written.has(key) ? Math.max(ends.get(key) ?? 0, written.get(key) ?? 0) : undefined) };
  };
  const { endOf, isOther } = await askAgain(ask, (answer) => ranges.every((range) => answer.isOther(range) || (answer.endOf(range) ?? 0) >= range.until), parts);
  signal.throwIfAborted();
  return ranges.flatMap((range) => {
    const { key, from, until } = range;
    const where = partitionWords(partitionOf(key));
    if (isOther(range)) {
      loss.report(`the topic was deleted and made again before its offsets from ${from} to ${until - 1} were read`, where);
      return [];
    }
    const end = endOf(range);
    if (end !== undefined && end >= until) return [range];
    const rest = end === undefined ? from : Math.max(from, end);
    loss.report(end === undefined ? "it is gone" : `the offsets from ${rest} to ${until - 1} are gone`, where);
    return rest > from ? [{ ...range, until: rest }] : [];
  });
}
