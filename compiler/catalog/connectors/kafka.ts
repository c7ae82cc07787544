import { usualCommitsTopic } from "../../../runtime/connectors/kafka/usual-commits-topic.ts";
import { arrayType, binaryType, booleanType, durationType, intType, longType, recordType, stringType, timestampType, type Field } from "../../ir/types/data-type.ts";
import { aboveZero } from "./above-zero.ts";
import { atLeast } from "./at-least.ts";
import type { CheckTogether, Connector } from "./connector.ts";
import { sinkHabits, sourceHabits } from "./kafka-habits.ts";
import { subscribedTopics, topicNames, topicPattern } from "./kafka-names.ts";
import { checkClient, clientOptions } from "./kafka-options.ts";
import { notEmpty } from "./not-empty.ts";

/** The columns of a message (Spark: KafkaRecordToRowConverter, with headers and with `timestampType`). */
const messageFields: readonly Field[] = [
  { name: "key", type: binaryType, nullable: true },
  { name: "value", type: binaryType, nullable: true },
  { name: "topic", type: stringType, nullable: false },
  { name: "partition", type: intType, nullable: false },
  { name: "offset", type: longType, nullable: false },
  { name: "timestamp", type: timestampType, nullable: false },
  { name: "timestampType", type: intType, nullable: false },
  {
    name: "headers",
    type: arrayType(
      recordType([
        { name: "key", type: stringType, nullable: false },
        { name: "value", type: binaryType, nullable: true },
      ]),
      false,
    ),
    nullable: false,
  },
];

const whichTopics = ["subscribe", "subscribePattern", "assign"];

const checkSource: CheckTogether = (given) => {
  const [first, second] = whichTopics.filter((name) => given.has(name));
  if (second !== undefined) return { option: second, message: `\`${first}\` and \`${second}\` both say what is read`, help: "keep one of them" };
  if (first === undefined) return { option: "brokers", message: "nothing says which topics are read", help: 'add `subscribe: "…"`, `subscribePattern: "…"` or `assign: { … }`' };
  const [least, most] = [given.get("minOffsetsPerTrigger"), given.get("maxOffsetsPerTrigger")];
  const isCrossed = (typeof least === "number" || typeof least === "bigint") && (typeof most === "number" || typeof most === "bigint") && least > most;
  if (isCrossed) return { option: "minOffsetsPerTrigger", message: `a batch of at least ${least} messages cannot have at most ${most}`, help: "make `minOffsetsPerTrigger` smaller, or `maxOffsetsPerTrigger` larger" };
  if (given.has("maxTriggerDelay") && !given.has("minOffsetsPerTrigger")) return { option: "maxTriggerDelay", message: "`maxTriggerDelay` needs `minOffsetsPerTrigger`: nothing is waited for", help: "add `minOffsetsPerTrigger: …`, or leave it out" };
  const isByTime = given.has("startingTimestamp") || given.has("startingOffsetsByTimestamp");
  if (given.has("startingOffsetsByTimestampStrategy") && !isByTime) return { option: "startingOffsetsByTimestampStrategy", message: "`startingOffsetsByTimestampStrategy` is for a start by time", help: "add `startingTimestamp: …` or `startingOffsetsByTimestamp: …`, or leave it out" };
  return checkClient(given);
};

const ofTransactions = ["transactionTimeout", "commitsTopic"];

const checkSink: CheckTogether = (given) => {
  if (given.has("value") && given.has("format")) return { option: "format", message: "`value` says what is in a message, and `format` would make it of the whole row", help: "keep one of them" };
  const alone = given.get("delivery") === "exactly once" ? undefined : ofTransactions.find((name) => given.has(name));
  if (alone !== undefined) return { option: alone, message: `\`${alone}\` is for transactions`, help: 'add `delivery: "exactly once"`, or leave it out' };
  return checkClient(given);
};

/** Topics of Apache Kafka (Spark: KafkaSourceProvider). Partitions are assigned, offsets are kept in the checkpoint. */
export const kafka: Connector = {
  name: "kafka",
  source: {
    options: [
      ...clientOptions,
      { name: "subscribe", type: "texts", check: subscribedTopics },
      { name: "subscribePattern", type: stringType, check: topicPattern },
      { name: "assign", type: "partitions" },
      { name: "startingOffsets", type: "offsets" },
      { name: "endingOffsets", type: "offsets", ofTables: true },
      { name: "startingTimestamp", type: timestampType },
      { name: "endingTimestamp", type: timestampType, ofTables: true },
      { name: "startingOffsetsByTimestamp", type: "times" },
      { name: "endingOffsetsByTimestamp", type: "times", ofTables: true },
      { name: "startingOffsetsByTimestampStrategy", type: "words", allowed: ["error", "latest"] },
      { name: "failOnDataLoss", type: booleanType },
      { name: "maxOffsetsPerTrigger", type: longType, ofStreams: true, ofBatches: true, check: atLeast("maxOffsetsPerTrigger", 1) },
      { name: "minOffsetsPerTrigger", type: longType, ofStreams: true, ofBatches: true, check: atLeast("minOffsetsPerTrigger", 1) },
      { name: "maxTriggerDelay", type: durationType, ofStreams: true, ofBatches: true, check: aboveZero("maxTriggerDelay") },
      { name: "minPartitions", type: intType, ofBatches: true, check: atLeast("minPartitions", 1) },
      { name: "maxRecordsPerPartition", type: longType, ofBatches: true, check: atLeast("maxRecordsPerPartition", 1) },
      { name: "pollTimeout", type: durationType, check: aboveZero("pollTimeout") },
      { name: "isolation", type: "words", allowed: ["read_committed", "read_uncommitted"] },
      { name: "commitOffsetsTo", type: stringType, ofStreams: true, check: notEmpty("commitOffsetsTo") },
      { name: "maxMessageBytes", type: intType, check: atLeast("maxMessageBytes", 1) },
      { name: "partitionedBy", type: "texts", ofStreams: true },
    ],
    checkTogether: checkSource,
    unbounded: true,
    bounded: true,
    replayable: true,
    follows: true,
    ofMessages: true,
    hiddenColumns: [{ name: "_kafka", type: recordType(messageFields), nullable: false }],
    formats: ["json", "csv", "text", "avro"],
    ownColumns: messageFields,
    ownFormat: "kafka",
    factory: "kafkaSource",
    habits: sourceHabits,
  },
  sink: {
    options: [
      ...clientOptions,
      { name: "topic", type: "row", check: topicNames },
      { name: "key", type: "row" },
      { name: "value", type: "row" },
      { name: "headers", type: "row" },
      { name: "partition", type: "row" },
      { name: "delivery", type: "words", allowed: ["at least once", "exactly once"] },
      { name: "transactionTimeout", type: durationType, check: aboveZero("transactionTimeout") },
      { name: "commitsTopic", type: stringType, usual: usualCommitsTopic, check: topicNames },
      { name: "compression", type: "words", allowed: ["none", "gzip", "snappy", "lz4", "zstd"] },
      { name: "maxPendingBytes", type: intType, check: atLeast("maxPendingBytes", 1) },
    ],
    checkTogether: checkSink,
    formats: ["json", "avro", "text", "binary"],
    modes: ["append", "update", "complete"],
    upsertsOnly: true,
    takes: ["+I", "+U", "-D"],
    delivery: "at least once",
    deliveryOption: "delivery",
    exactlyOnceBy: "in transactions",
    needsCheckpoint: true,
    sendsAtOnce: true,
    ordered: true,
    ofMessages: true,
    factory: "kafkaSink",
    habits: sinkHabits,
  },
};
