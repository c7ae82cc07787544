import type { SinkConnector, Sink, SinkContext } from "../sink.ts";
import { OptionCheck } from "../option-check.ts";
import { failureOf } from "../../query/failure-of.ts";
import { interruptible } from "../../query/interruptible.ts";
import { shardFolder } from "../../query/shard.ts";
import { AtLeastOnce } from "./at-least-once.ts";
import type { Compression, KafkaClient } from "./client/kafka-client.ts";
import { checkConnection, openKafkaClient, type KafkaConnectionOptions } from "./connection.ts";
import type { Delivery } from "./delivery.ts";
import { ExactlyOnce } from "./exactly-once.ts";
import { KafkaSink } from "./kafka-sink.ts";
import { Markers } from "./markers.ts";
import type { MessageEncoder } from "./message-encoder.ts";
import type { MessageFormat } from "./message-value.ts";
import { OutgoingMessages } from "./outgoing-messages.ts";
import { quarterOfAnHour } from "./quarter-of-an-hour.ts";
import { exactlyOnceNeedsCheckpoint, intoCommitsTopic, timeoutTooLong } from "./sink-errors.ts";
import { transactionalId } from "./transactional-id.ts";
import { usualCommitsTopic } from "./usual-commits-topic.ts";

export interface KafkaSinkOptions extends KafkaConnectionOptions {
  /** The topic of all rows; a row's own (`MessageDefinition.topic`) goes before it. */
  readonly topic?: string;
  /** What a message's value is made of, where no `value:` says it: `json` and `avro` whole rows, `text` and `binary` the one column. Without it the rows' columns are the messages'. */
  readonly format?: MessageFormat;
  /** Writes whole rows in a format that is set up when the sink is opened. */
  readonly encoder?: MessageEncoder;
  /** `at least once` unless given. */
  readonly delivery?: "at least once" | "exactly once";
  /** Microseconds after which the brokers abort a transaction; 15 minutes unless given, which is the most that they allow unless told otherwise. */
  readonly transactionTimeout?: number | bigint;
  readonly compression?: Compression;
  /** Where a sink that writes exactly once notes its batches. */
  readonly commitsTopic?: string;
  /** Bytes that may wait to be sent; 8 MiB unless given. */
  readonly maxPendingBytes?: number | bigint;
}

/** Messages of topics: at least once, or, in transactions, exactly once. The latter needs a kept checkpoint, but for a bounded run, whose whole result is one transaction. */
export function kafkaSink(options: KafkaSinkOptions): SinkConnector {
  const check = new OptionCheck("sink", "kafka");
  checkConnection(check, options);
  if (options.topic !== undefined) check.text("topic", options.topic);
  const commitsTopic = check.text("commitsTopic", options.commitsTopic ?? usualCommitsTopic);
  const transactionTimeout = check.duration("transactionTimeout", options.transactionTimeout, 1000) ?? quarterOfAnHour;
  const maxPendingBytes = check.whole("maxPendingBytes", options.maxPendingBytes, 1, Number.MAX_SAFE_INTEGER, 8 << 20);
  return {
    name: "kafka",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      const { host, signal = new AbortController().signal, kafka, columns, queryName } = context;
      const { topic, format, encoder } = options;
      if (options.delivery === "exactly once" && !context.bounded && context.checkpointId === undefined) throw exactlyOnceNeedsCheckpoint(queryName);
      const notesBatches = options.delivery === "exactly once" && !context.bounded;
      if (notesBatches && topic === commitsTopic && context.message?.topic === undefined) throw intoCommitsTopic(topic, queryName);
      const encode = context.message?.value === undefined ? await encoder?.open({ host, columns, topic, signal }) : undefined;
      const messages = new OutgoingMessages(context, { topic, format, encode, commitsTopic: notesBatches ? commitsTopic : undefined });
      const client = await openKafkaClient(host, options, (message) => context.warn(message), kafka);
      try {
        const delivery = await openDelivery(context, client, { ...options, commitsTopic, transactionTimeout }, signal);
        return new KafkaSink(context, { client, delivery, messages, maxPendingBytes, topic });
      } catch (error) {
        await failureOf(() => client.close());
        throw error;
      }
    },
  };
}

async function openDelivery<Row>(
  context: SinkContext<Row>,
  client: KafkaClient,
  { delivery, compression = "none", commitsTopic, transactionTimeout }: KafkaSinkOptions & { readonly commitsTopic: string; readonly transactionTimeout: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const { host, queryName, queryId = context.checkpointId, shard } = context;
  if (delivery !== "exactly once") return new AtLeastOnce(await interruptible(client.producer({ compression }), signal), shard === undefined ? queryName : `${queryName}/${shardFolder(shard)}`);
  const id = context.bounded || queryId === undefined ? `sluice.batch.${host.uuid()}` : transactionalId(queryId, queryName);
  return ExactlyOnce.open({
    host,
    sink: queryName,
    id,
    signal,
    produce: async () => {
      const milliseconds = transactionTimeout / 1000;
      try {
        return await client.producer({ transactionalId: id, transactionTimeout: milliseconds, compression });
      } catch (error) {
        throw error instanceof Error && error.message.includes("INVALID_TRANSACTION_TIMEOUT") ? timeoutTooLong(queryName, milliseconds, error) : error;
      }
    },
    markers: context.bounded ? undefined : new Markers(client, commitsTopic, id, { host, signal, warn: (message) => context.warn(message) }),
    noted: context.noted ?? [],
  });
}
