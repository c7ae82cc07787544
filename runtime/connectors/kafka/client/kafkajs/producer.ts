import type { ClientOptions, KafkaProducer, OutgoingMessage, ProducerOptions } from "../kafka-client.ts";
import { producerFenced, producerForgotten, transactionLost, unknownTopic } from "../kafka-errors.ts";
import { partitionKey, partitionWords } from "../partition-names.ts";
import { BatchSender } from "./batch-sender.ts";
import type { KafkajsBroker } from "./kafkajs-library.ts";
import type { NodeTable } from "./node-table.ts";
import { PartitionChoice, type PartitionMessages } from "./partition-choice.ts";
import type { Patience } from "./patience.ts";
import { ProducerIdentity } from "./producer-identity.ts";
import { errorCodes, isGone, ProtocolError } from "./protocol-error.ts";
import { withCoordinator } from "./with-coordinator.ts";

/** Milliseconds after which the count of a topic's partitions is asked for again. */
const metadataAge = 60_000;
const defaultTransactionTimeout = 60_000;

/**
 * A producer whose messages arrive once and in order (idempotent, acks: all), also when an answer gets lost; with a transactional id, in transactions. kafkajs's own
 * producer is not used: it loses headers without a value, chooses partitions anew when it sends again, and cannot ask for the end of a transaction twice.
 */
export class KafkajsProducer implements KafkaProducer {
  readonly #nodes: NodeTable;
  readonly #patience: Patience;
  readonly #options: ProducerOptions;
  readonly #sender: BatchSender;
  readonly #closed: () => void;
  readonly #choice = new PartitionChoice();
  readonly #counts = new Map<string, number>();
  /** Partitions that the transaction's coordinator knows of. */
  readonly #added = new Set<string>();
  #identity: ProducerIdentity;
  #countsAsked = 0;
  #began: number | undefined;

  private constructor(nodes: NodeTable, patience: Patience, options: ProducerOptions, timeout: number, identity: ProducerIdentity, closed: () => void) {
    this.#nodes = nodes;
    this.#patience = patience;
    this.#options = options;
    this.#identity = identity;
    this.#closed = closed;
    this.#sender = new BatchSender(nodes, patience, options.compression, timeout);
  }

  static async open(nodes: NodeTable, patience: Patience, options: ProducerOptions, client: ClientOptions, closed: () => void): Promise<KafkajsProducer> {
    return new KafkajsProducer(nodes, patience, options, client.requestTimeout, await identityFor(nodes, patience, options), closed);
  }

  begin(): Promise<void> {
    if (this.#options.transactionalId === undefined) throw new Error("a producer without a transactional id has no transactions");
    if (this.#began !== undefined) throw new Error("a transaction is open already");
    this.#began = this.#nodes.library.now();
    this.#added.clear();
    return Promise.resolve();
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    if (this.#options.transactionalId !== undefined && this.#began === undefined) throw new Error("no transaction is open");
    await this.#count(new Set(messages.map(({ topic }) => topic)));
    const parts = this.#choice.split(messages, this.#counts);
    try {
      await this.#addToTransaction(parts);
      await this.#sender.send(parts, this.#identity);
    } catch (error) {
      if (this.#options.transactionalId === undefined && this.#isForgotten(error)) {
        // The broker no longer knows this producer: as a new one it may send what it has sent before.
        this.#identity = await identityFor(this.#nodes, this.#patience, this.#options);
        await this.#sender.send(parts, this.#identity);
        return;
      }
      throw this.#told(error);
    }
  }

  commit(): Promise<void> {
    return this.#finish(true);
  }

  abort(): Promise<void> {
    return this.#finish(false);
  }

  close(): Promise<void> {
    this.#closed();
    return Promise.resolve();
  }

  async #count(topics: ReadonlySet<string>): Promise<void> {
    const now = this.#nodes.library.now();
    if (now - this.#countsAsked > metadataAge) this.#counts.clear();
    const unknown = [...topics].filter((topic) => !this.#counts.has(topic));
    if (unknown.length === 0) return;
    this.#countsAsked = now;
    await this.#patience.with(async () => {
      for (const { topic, topicErrorCode, partitionMetadata } of (await this.#nodes.metadata(unknown)).topicMetadata) {
        if (isGone(topicErrorCode)) throw unknownTopic(topic);
        this.#nodes.check(topicErrorCode, `topic ${topic}`);
        this.#counts.set(topic, partitionMetadata.length);
      }
    });
  }

  async #addToTransaction(parts: readonly PartitionMessages[]): Promise<void> {
    const { transactionalId, producerId, producerEpoch } = this.#identity;
    const added = parts.filter((part) => !this.#added.has(partitionKey(part)));
    if (transactionalId === null || added.length === 0) return;
    const topics = [...new Set(added.map(({ topic }) => topic))].map((topic) => ({ topic, partitions: added.filter((part) => part.topic === topic).map(({ partition }) => partition) }));
    await this.#withCoordinator(transactionalId, async (coordinator) => {
      const answer = (await this.#nodes.ask(coordinator, "AddPartitionsToTxn", { transactionalId, producerId: String(producerId), producerEpoch, topics })) as {
        readonly errors: readonly { readonly topic: string; readonly partitionErrors: readonly { readonly partition: number; readonly errorCode: number }[] }[];
      };
      // Where one is refused, the others say only that they were not tried.
      const failed = answer.errors.flatMap(({ topic, partitionErrors }) => partitionErrors.map(({ partition, errorCode }) => ({ topic, partition, errorCode }))).filter(({ errorCode }) => errorCode !== 0);
      const worst = failed.find(({ errorCode }) => errorCode !== errorCodes.operationNotAttempted) ?? failed[0];
      if (worst?.errorCode === errorCodes.unknownTopic) throw unknownTopic(worst.topic);
      if (worst !== undefined) throw this.#nodes.errorOf(worst.errorCode, partitionWords(worst));
    });
    for (const part of added) this.#added.add(partitionKey(part));
  }

  async #finish(commit: boolean): Promise<void> {
    const { transactionalId, producerId, producerEpoch } = this.#identity;
    if (transactionalId === null || this.#began === undefined) throw new Error("no transaction is open");
    if (this.#added.size > 0) {
      try {
        await this.#withCoordinator(transactionalId, async (coordinator) => {
          const answer = (await this.#nodes.ask(coordinator, "EndTxn", { transactionalId, producerId: String(producerId), producerEpoch, transactionResult: commit })) as { readonly errorCode: number };
          this.#nodes.check(answer.errorCode, `transactional id ${transactionalId}`);
        });
      } catch (error) {
        throw this.#told(error);
      }
    }
    this.#began = undefined;
  }

  #withCoordinator(transactionalId: string, work: (coordinator: KafkajsBroker) => Promise<void>): Promise<void> {
    return withCoordinator({ nodes: this.#nodes, patience: this.#patience }, { kind: "transactional id", key: transactionalId }, work);
  }

  #isForgotten(error: unknown): boolean {
    return isRefusalBy(error, new Set([errorCodes.outOfOrderSequence, errorCodes.unknownProducerId, errorCodes.invalidProducerEpoch, errorCodes.invalidProducerIdMapping]));
  }

  /** The error as the user is to read it. */
  #told(error: unknown): unknown {
    const { transactionalId, transactionTimeout = defaultTransactionTimeout } = this.#options;
    const refusal = refusalOf(error);
    if (transactionalId === undefined || refusal === undefined || !refusal.fences) return error;
    if (refusal.code === errorCodes.invalidProducerIdMapping) return producerForgotten(transactionalId, refusal.type);
    const open = this.#nodes.library.now() - (this.#began ?? this.#nodes.library.now());
    // A transaction that the broker gave up raises the epoch just as another process does.
    return open >= transactionTimeout ? transactionLost(transactionalId, Math.round(open / 1000), refusal.type) : producerFenced(transactionalId, refusal.type);
  }
}

/** What a broker answered, under the error with a code. */
function refusalOf(error: unknown): ProtocolError | undefined {
  if (error instanceof ProtocolError) return error;
  return error instanceof Error && error.cause instanceof ProtocolError ? error.cause : undefined;
}

function isRefusalBy(error: unknown, codes: ReadonlySet<number>): boolean {
  const refusal = refusalOf(error);
  return refusal !== undefined && codes.has(refusal.code);
}

async function identityFor(nodes: NodeTable, patience: Patience, { transactionalId, transactionTimeout = defaultTransactionTimeout }: ProducerOptions): Promise<ProducerIdentity> {
  const ask = async (broker: KafkajsBroker): Promise<ProducerIdentity> => {
    const answer = (await nodes.ask(broker, "InitProducerId", { transactionalId: transactionalId ?? null, transactionTimeout })) as { readonly errorCode: number; readonly producerId: string; readonly producerEpoch: number };
    nodes.check(answer.errorCode, transactionalId === undefined ? "producer" : `transactional id ${transactionalId}`);
    return new ProducerIdentity(transactionalId ?? null, Number(answer.producerId), answer.producerEpoch);
  };
  return transactionalId === undefined ? patience.with(async () => ask(await nodes.any())) : withCoordinator({ nodes, patience }, { kind: "transactional id", key: transactionalId }, ask);
}
