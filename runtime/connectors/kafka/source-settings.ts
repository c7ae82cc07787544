import { OptionCheck } from "../option-check.ts";
import type { Isolation } from "./client/kafka-client.ts";
import { checkConnection, type KafkaConnectionOptions } from "./connection.ts";
import { positionsOf, type Positions, type PositionsOption } from "./positions.ts";
import { quarterOfAnHour } from "./quarter-of-an-hour.ts";
import type { ReadLimits } from "./read-limits.ts";
import type { RangeSplits } from "./split-ranges.ts";
import { badPositions } from "./source-errors.ts";
import { subscriptionOf, type Subscription } from "./subscription.ts";

type Whole = number | bigint | null;

export interface KafkaSourceOptions extends KafkaConnectionOptions {
  /** Topics by name, partitions one by one, or topics whose whole names match a pattern: one of the three. */
  readonly subscribe?: string | readonly string[] | null;
  readonly subscribePattern?: string | null;
  readonly assign?: readonly (readonly [topic: string, partitions: readonly (number | bigint)[]])[] | null;
  /** Where a new query begins: `earliest`, `latest` (unless given), or by partition. Of what is read whole: `earliest` unless given. */
  readonly startingOffsets?: PositionsOption;
  /** Where what is read whole ends: `latest` unless given. */
  readonly endingOffsets?: PositionsOption;
  /** Microseconds since the epoch: begins with the first message at or after it. It goes before the two others, and times by partition before offsets. */
  readonly startingTimestamp?: Whole;
  readonly endingTimestamp?: Whole;
  readonly startingOffsetsByTimestamp?: PositionsOption;
  readonly endingOffsetsByTimestamp?: PositionsOption;
  /** What to do where no message is at or after a time: `error` unless given. */
  readonly startingOffsetsByTimestampStrategy?: "error" | "latest" | null;
  /** Whether the query fails where messages are gone before they were read; true unless given. */
  readonly failOnDataLoss?: boolean | null;
  /** About how many messages a batch takes. */
  readonly maxOffsetsPerTrigger?: Whole;
  /** How many a batch waits for, and microseconds for how long at most (15 minutes unless given). */
  readonly minOffsetsPerTrigger?: Whole;
  readonly maxTriggerDelay?: Whole;
  /** Into how many pieces a batch is split at least, and how many messages a piece has at most. */
  readonly minPartitions?: Whole;
  readonly maxRecordsPerPartition?: Whole;
  /** Microseconds that a broker has for the answer to a fetch, beside those that it waits for messages; as for other requests unless given. */
  readonly pollTimeout?: Whole;
  readonly isolation?: Isolation | null;
  /** A group that hears how far the job is, for tools that show lag. */
  readonly commitOffsetsTo?: string | null;
  /** Bytes of the largest message; a larger one is a malformed record. */
  readonly maxMessageBytes?: Whole;
}

export interface KafkaSourceSettings {
  readonly connection: KafkaConnectionOptions;
  readonly subscription: Subscription;
  readonly start: Positions | undefined;
  readonly end: Positions | undefined;
  /** Whether a partition without a message at or after a time begins at its end. */
  readonly latestWithoutMatch: boolean;
  readonly failOnDataLoss: boolean;
  readonly limits: ReadLimits;
  readonly splits: RangeSplits;
  /** Milliseconds that a broker may wait for messages, and that it has beside them to answer; undefined as for other requests. */
  readonly maxWait: number;
  readonly timeout: number | undefined;
  readonly isolation: Isolation;
  readonly group: string | undefined;
  readonly maxMessageBytes: number;
}

const most = Number.MAX_SAFE_INTEGER;
const usualWait = 500_000;

export function kafkaSourceSettings(options: KafkaSourceOptions): KafkaSourceSettings {
  const check = new OptionCheck("source", "kafka");
  checkConnection(check, options);
  const limits = {
    maxOffsets: check.whole("maxOffsetsPerTrigger", options.maxOffsetsPerTrigger, 1, most, undefined),
    minOffsets: check.whole("minOffsetsPerTrigger", options.minOffsetsPerTrigger, 1, most, undefined),
    maxDelay: (check.duration("maxTriggerDelay", options.maxTriggerDelay, 1) ?? quarterOfAnHour) / 1000,
  };
  if (limits.minOffsets !== undefined && limits.maxOffsets !== undefined && limits.minOffsets > limits.maxOffsets) {
    throw badPositions("minOffsetsPerTrigger", `is ${limits.minOffsets}, which is more than \`maxOffsetsPerTrigger\` (${limits.maxOffsets})`, "make it smaller, or the other larger");
  }
  const pollTimeout = check.duration("pollTimeout", options.pollTimeout, 1000);
  return {
    connection: options,
    subscription: subscriptionOf(options),
    start: positionsOf("starting", check, { offsets: options.startingOffsets, timestamp: options.startingTimestamp, byTimestamp: options.startingOffsetsByTimestamp }),
    end: positionsOf("ending", check, { offsets: options.endingOffsets, timestamp: options.endingTimestamp, byTimestamp: options.endingOffsetsByTimestamp }),
    latestWithoutMatch: options.startingOffsetsByTimestampStrategy === "latest",
    failOnDataLoss: check.flag("failOnDataLoss", options.failOnDataLoss, true),
    limits,
    splits: { minPartitions: check.whole("minPartitions", options.minPartitions, 1, 1_000_000, undefined), maxRecords: check.whole("maxRecordsPerPartition", options.maxRecordsPerPartition, 1, most, undefined) },
    maxWait: Math.min(pollTimeout ?? usualWait, usualWait) / 1000,
    timeout: pollTimeout === undefined ? undefined : pollTimeout / 1000,
    isolation: options.isolation ?? "read_committed",
    group: options.commitOffsetsTo === undefined || options.commitOffsetsTo === null ? undefined : check.text("commitOffsetsTo", options.commitOffsetsTo),
    maxMessageBytes: check.whole("maxMessageBytes", options.maxMessageBytes, 1, 2 ** 31 - 1, 2 ** 31 - 1),
  };
}
