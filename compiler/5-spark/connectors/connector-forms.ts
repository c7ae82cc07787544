import type { Limit } from "../limit.ts";
import { asOption, carried, ignored, refused, sameNames, type OptionForm, type OptionForms } from "./option-form.ts";

/** An end of the job on Spark: its options, or why it cannot be there. */
export type ConnectorForm = { readonly kind: "options"; readonly options: OptionForms; readonly limit?: Limit } | { readonly kind: "refused"; readonly reason: string; readonly nearest: string };

const client: OptionForms = {
  brokers: carried("`kafka.bootstrap.servers`"),
  clientId: asOption("kafka.client.id"),
  tls: carried("`kafka.security.protocol`"),
  tlsCa: carried("`kafka.ssl.truststore.*`, of the type PEM"),
  tlsCertificate: carried("`kafka.ssl.keystore.*`, of the type PEM"),
  tlsKey: carried("`kafka.ssl.keystore.*`, of the type PEM"),
  tlsPassphrase: carried("`kafka.ssl.key.password`"),
  tlsServerName: refused("Kafka's Java client holds certificates against the name that it connects to", "give `brokers` by the names that their certificates have"),
  sasl: carried("`kafka.sasl.mechanism`"),
  username: carried("`kafka.sasl.jaas.config`"),
  password: carried("`kafka.sasl.jaas.config`"),
  connectionTimeout: asOption("kafka.socket.connection.setup.timeout.ms", "milliseconds"),
  requestTimeout: asOption("kafka.request.timeout.ms", "milliseconds"),
};

/** Every source of the catalogue, with every option. */
export const sourceForms: Readonly<Record<string, ConnectorForm>> = {
  custom: { kind: "refused", reason: "a receiver is TypeScript, which Spark does not run", nearest: "let the receiver's program write into Kafka or into files, and read from there" },
  file: {
    kind: "options",
    options: {
      ...sameNames("maxFilesPerTrigger", "maxBytesPerTrigger", "latestFirst", "fileNameOnly", "ignoreMissingFiles", "cleanSource", "sourceArchiveDir"),
      encoding: asOption("encoding", "plain", { codes: ["E4142"], where: "of the format text, but for UTF-8", nearest: "one column with `format: \"csv\"`" }),
      path: carried("the path that is loaded"),
      maxFileAge: asOption("maxFileAge", "milliseconds"),
      reread: carried("the files are listed when the program starts", { codes: ["W4140"], where: "a table is never read again", nearest: "`reread: false`, which means the same in Node" }),
    },
  },
  kafka: {
    kind: "options",
    limit: { codes: ["W4103"], where: "from the latest messages on, after a crash before the first batch those in between are skipped", nearest: "`startingOffsets: \"earliest\"`, or `startingTimestamp`" },
    options: {
      ...client,
      retries: asOption("fetchOffset.numRetries"),
      retryInterval: asOption("fetchOffset.retryIntervalMs", "milliseconds"),
      subscribe: asOption("subscribe", "names"),
      subscribePattern: asOption("subscribePattern"),
      assign: asOption("assign", "positions"),
      startingOffsets: asOption("startingOffsets", "positions"),
      endingOffsets: asOption("endingOffsets", "positions"),
      startingTimestamp: asOption("startingTimestamp", "instant"),
      endingTimestamp: asOption("endingTimestamp", "instant"),
      startingOffsetsByTimestamp: asOption("startingOffsetsByTimestamp", "times"),
      endingOffsetsByTimestamp: asOption("endingOffsetsByTimestamp", "times"),
      ...sameNames("startingOffsetsByTimestampStrategy", "failOnDataLoss", "maxOffsetsPerTrigger", "minOffsetsPerTrigger", "minPartitions", "maxRecordsPerPartition"),
      maxTriggerDelay: asOption("maxTriggerDelay", "milliseconds"),
      pollTimeout: asOption("kafkaConsumer.pollTimeoutMs", "milliseconds"),
      isolation: asOption("kafka.isolation.level"),
      commitOffsetsTo: refused("Spark commits no offsets to groups", "leave it out, and watch the query's progress instead"),
      maxMessageBytes: carried("a condition on the value's length"),
      partitionedBy: ignored("only shards in Node go by it"),
    },
  },
  queue: { kind: "refused", reason: "its rows are handed in by a program that runs it in Node", nearest: "read from `file` or `kafka`" },
  rate: {
    kind: "options",
    options: {
      ...sameNames("rowsPerSecond", "numPartitions", "rowsPerBatch"),
      rampUpTime: asOption("rampUpTime", "seconds"),
      startTimestamp: asOption("startTimestamp", "instant"),
      advancePerBatch: asOption("advanceMillisPerBatch", "milliseconds"),
    },
  },
  socket: {
    kind: "options",
    limit: { codes: ["W4142"], where: "Spark keeps nothing of what it sent, and a query over it cannot go on after a crash", nearest: "`kafka` where nothing may be lost" },
    options: {
      host: carried("`host`"),
      port: carried("`port`"),
      decode: refused("it is TypeScript, which Spark does not run", "write `format: \"json\"` or `format: \"csv\"`, or decode the column `value` with built-in functions"),
    },
  },
};

const userCode: ConnectorForm = { kind: "refused", reason: "what takes the rows is TypeScript, which Spark does not run", nearest: "write into `kafka` or `file`, and read them there" };

/** They go with `delivery: "exactly once"` only. */
const ofTransactions = refused("Spark writes to Kafka without transactions", "leave it out, together with `delivery`");

/** Every sink of the catalogue, with every option. */
export const sinkForms: Readonly<Record<string, ConnectorForm>> = {
  console: { kind: "options", options: { rows: carried("`numRows`"), truncate: carried("`truncate`") } },
  discard: { kind: "options", options: {} },
  file: {
    kind: "options",
    options: {
      path: carried("the path that is written"),
      partitionBy: carried("`partitionBy` of the writer"),
      replace: refused("Spark's files are only added to", "write `mode complete` into `memory` or `console`; or leave `replace` out, with a result that is appended"),
      changelog: refused("Spark knows no rows that go", "write the changes with `mode update` into `kafka`, whose messages replace those of their key"),
      retention: refused("Spark's `retention` counts from when a file was written and not from its batch", "leave it out, and delete old folders of a `partitionBy` by day"),
      compression: asOption("compression"),
    },
  },
  foreach: userCode,
  foreachBatch: userCode,
  kafka: {
    kind: "options",
    limit: { codes: ["W4102", "W4144"], where: "after a crash messages may be sent again, and have no headers that tell a repeat", nearest: "a column by which readers drop repeats" },
    options: {
      ...client,
      retries: asOption("kafka.retries"),
      retryInterval: asOption("kafka.retry.backoff.ms", "milliseconds"),
      topic: asOption("topic"),
      key: carried("the column `key`"),
      value: carried("the column `value`"),
      headers: carried("the column `headers`"),
      partition: carried("the column `partition`"),
      delivery: carried("at least once", { codes: ["E4142"], where: "`\"exactly once\"`, for Spark writes to Kafka without transactions", nearest: "leave it out" }),
      transactionTimeout: ofTransactions,
      commitsTopic: ofTransactions,
      compression: asOption("kafka.compression.type"),
      maxPendingBytes: asOption("kafka.buffer.memory"),
    },
  },
  memory: { kind: "options", limit: { codes: ["E4140"], where: "under the trigger `continuous`", nearest: "`kafka`, `console`, or another trigger" }, options: {} },
};

/** What becomes of one option; undefined where the connector is refused as a whole or has no such option. */
export function formOf(form: ConnectorForm | undefined, option: string): OptionForm | undefined {
  return form?.kind === "options" && Object.hasOwn(form.options, option) ? form.options[option] : undefined;
}
