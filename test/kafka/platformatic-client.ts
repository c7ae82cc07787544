import { Buffer } from "node:buffer";
import { Admin, ConfigResourceTypes, Consumer, fetchV15, listOffsetsV7, metadataV12, Producer, type Connection } from "@platformatic/kafka";
import type {
  ClientOptions, FetchedMessages, FetchOptions, FetchRange, Isolation, KafkaClient, KafkaClientFactory, KafkaProducer, OffsetQuery, OutgoingMessage, ProducerOptions, TopicPartition,
} from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { brokersAway, messageTooLarge, notAllowed, notLetIn, OffsetOutOfRange, producerFenced, refused, transactionLost, unknownTopic } from "../../runtime/connectors/kafka/client/kafka-errors.ts";
import { cutIntoBatches, PartitionChoice, type PartitionMessages } from "../../runtime/connectors/kafka/client/kafkajs/partition-choice.ts";
import type { Message } from "../../runtime/formats/chunk-messages.ts";

type Transaction = Awaited<ReturnType<Producer["beginTransaction"]>>;

const uncommitted = 0;
const committed = 1;
const level = (isolation: Isolation): number => (isolation === "read_committed" ? committed : uncommitted);

/** The names that Kafka gives the errors under an error. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = "apiId" in error && typeof error.apiId === "string" ? [error.apiId] : [];
  return [...own, ...(error instanceof AggregateError ? error.errors.flatMap(namesOf) : []), ...namesOf(error.cause)];
}

function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = "code" in error && typeof error.code === "string" ? [error.code] : [];
  return [...own, ...(error instanceof AggregateError ? error.errors.flatMap(codesOf) : []), ...codesOf(error.cause)];
}

/**
 * The same interface over another library, to show that the connector does not depend on kafkajs. It is for tests: one reading at a time, and brokers that go away are waited for only
 * by the library's own retries.
 */
export const platformaticClient: KafkaClientFactory = (options) => Promise.resolve(new PlatformaticClient(options));

class PlatformaticClient implements KafkaClient {
  readonly #options: ClientOptions;
  readonly #admin: Admin;
  readonly #consumer: Consumer;
  readonly #producers = new Set<KafkaProducer>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#admin = new Admin(settingsOf(options));
    this.#consumer = new Consumer({ ...settingsOf(options), groupId: "unused" });
  }

  topics(): Promise<readonly string[]> {
    return this.#told(() => this.#admin.listTopics({ includeInternals: false }));
  }

  async partitions(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const known = await this.#known(topics);
    return new Map([...known].map(([topic, { partitions }]) => [topic, partitions]));
  }

  async offsets(places: readonly TopicPartition[], query: OffsetQuery, isolation: Isolation): Promise<readonly (number | undefined)[]> {
    const known = await this.#known([...new Set(places.map(({ topic }) => topic))]);
    const timestamp = query === "earliest" ? -2n : query === "latest" ? -1n : BigInt(Math.ceil(query.timestamp / 1000));
    const found: (number | undefined)[] = [];
    for (const { topic, partition } of places) {
      const leader = known.get(topic)?.leaders.get(partition);
      if (leader === undefined) {
        found.push(undefined);
        continue;
      }
      const { topics } = await this.#told(async () => listOffsetsV7.api.async(await this.#connection(leader), -1, level(isolation), [{ name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp }] }]));
      const offset = Number(topics[0]?.partitions[0]?.offset ?? -1);
      found.push(offset < 0 ? undefined : offset);
    }
    return found;
  }

  async topicIds(topics: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map([...(await this.#known(topics))].map(([topic, { id }]) => [topic, id.replaceAll("-", "")]));
  }

  async *fetch(ranges: readonly FetchRange[], options: FetchOptions): AsyncGenerator<FetchedMessages> {
    const places = ranges.map(({ topic, partition, from, until = Infinity }) => ({ topic, partition, next: from, until }));
    for (let turn = 0; !options.signal.aborted; turn++) {
      const open = places.filter(({ next, until }) => next < until);
      const place = open[turn % open.length];
      if (place === undefined) return;
      const known = (await this.#known([place.topic])).get(place.topic);
      const leader = known?.leaders.get(place.partition);
      if (known === undefined || leader === undefined) throw new OffsetOutOfRange(place, place.next, "the topic or its partition is not there");
      const fetched = await this.#fetchOne({ ...place, leader, topicId: known.id }, options);
      if (options.signal.aborted) return;
      const next = Math.min(fetched.next, place.until);
      if (next <= place.next) continue;
      place.next = next;
      yield { topic: place.topic, partition: place.partition, messages: fetched.messages.filter(({ offset }) => offset < place.until), next };
    }
  }

  async commitOffsets(group: string, offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<void> {
    const topics = [...new Set(offsets.map(({ topic }) => topic))].map((name) => ({ name, partitionOffsets: offsets.filter(({ topic }) => topic === name).map(({ partition, offset }) => ({ partition, offset: BigInt(offset) })) }));
    await this.#told(() => this.#admin.alterConsumerGroupOffsets({ groupId: group, topics }));
  }

  async createTopic(topic: string, { partitions, replication, config = {} }: Parameters<KafkaClient["createTopic"]>[1]): Promise<void> {
    try {
      await this.#admin.createTopics({ topics: [topic], partitions, replicas: replication, configs: Object.entries(config).map(([name, value]) => ({ name, value })) });
    } catch (error) {
      if (!namesOf(error).includes("TOPIC_ALREADY_EXISTS")) throw this.#error(error, `topic ${topic}`);
    }
    while (!(await this.#known([topic])).has(topic));
  }

  async topicConfig(topic: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    try {
      const [described] = await this.#admin.describeConfigs({ resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configurationKeys: [...names] }] });
      return new Map((described?.configs ?? []).flatMap(({ name, value }) => (typeof value === "string" ? [[name, value] as const] : [])));
    } catch (error) {
      throw this.#error(error, `topic ${topic}`);
    }
  }

  async producer(options: ProducerOptions): Promise<KafkaProducer> {
    const producer = new PlatformaticProducer(this.#options, options, (topics) => this.partitions(topics), (error, where) => this.#error(error, where));
    this.#producers.add(producer);
    await producer.open();
    return producer;
  }

  async close(): Promise<void> {
    for (const producer of this.#producers) await producer.close();
    await this.#consumer.close(true);
    await this.#admin.close();
  }

  async #fetchOne(place: { readonly topic: string; readonly partition: number; readonly next: number; readonly until: number; readonly leader: number; readonly topicId: string }, { isolation, maxWait }: FetchOptions): Promise<{ readonly messages: readonly Message[]; readonly next: number }> {
    const partitions = [{ partition: place.partition, currentLeaderEpoch: -1, fetchOffset: BigInt(place.next), lastFetchedEpoch: -1, partitionMaxBytes: 1 << 20 }];
    let answer: fetchV15.FetchResponse;
    try {
      answer = await fetchV15.api.async(await this.#connection(place.leader), maxWait, 1, 1 << 20, level(isolation), 0, -1, [{ topicId: place.topicId, partitions }], [], "");
    } catch (error) {
      if (namesOf(error).includes("OFFSET_OUT_OF_RANGE")) throw new OffsetOutOfRange(place, place.next);
      throw this.#error(error, `topic ${place.topic}`);
    }
    const fetched = answer.responses[0]?.partitions[0];
    const batches = fetched?.records ?? [];
    const end = Number((isolation === "read_committed" ? fetched?.lastStableOffset : fetched?.highWatermark) ?? -1);
    if (batches.length === 0) return { messages: [], next: end >= place.until ? place.until : place.next };
    const waiting = isolation === "read_committed" ? [...(fetched?.abortedTransactions ?? [])].sort((a, b) => Number(a.firstOffset - b.firstOffset)) : [];
    const hidden = new Set<bigint>();
    const messages: Message[] = [];
    let next = place.next;
    for (const batch of batches) {
      const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
      next = Number(last) + 1;
      while (waiting[0] !== undefined && waiting[0].firstOffset <= last) hidden.add(waiting.shift()?.producerId ?? -1n);
      if ((batch.attributes & 32) !== 0) {
        if (batch.records[0]?.key?.readInt16BE(2) === 0) hidden.delete(batch.producerId);
        continue;
      }
      if ((batch.attributes & 16) !== 0 && hidden.has(batch.producerId)) continue;
      const timestampType = (batch.attributes >> 3) & 1;
      for (const record of batch.records) {
        const offset = Number(batch.firstOffset) + record.offsetDelta;
        if (offset < place.next) continue;
        const timestamp = Number(timestampType === 1 ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta) * 1000;
        messages.push({ offset, timestamp, timestampType, key: record.key, value: record.value, headers: record.headers.map(([key, value]) => ({ key: key?.toString() ?? "", value })) });
      }
    }
    return { messages, next };
  }

  /** The topics of those asked for that are there. */
  async #known(topics: readonly string[]): Promise<ReadonlyMap<string, { readonly id: string; readonly partitions: readonly number[]; readonly leaders: ReadonlyMap<number, number> }>> {
    if (topics.length === 0) return new Map();
    const answer = await this.#told(async () => {
      const [any] = (await this.#consumer.connectToBrokers()).values();
      if (any === undefined) throw new Error("no broker");
      try {
        return await metadataV12.api.async(any, [...topics], false, false);
      } catch (error) {
        // The answer for those that are there comes with the error for those that are not.
        if (namesOf(error).every((name) => name === "UNKNOWN_TOPIC_OR_PARTITION") && error instanceof Error && "response" in error) return error.response as metadataV12.MetadataResponse;
        throw error;
      }
    });
    return new Map(answer.topics.filter(({ errorCode }) => errorCode === 0).map(({ name, topicId, partitions }) => [name ?? "", { id: topicId, partitions: partitions.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b), leaders: new Map(partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, leaderId])) }]));
  }

  async #connection(node: number): Promise<Connection> {
    const connection = (await this.#consumer.connectToBrokers([node])).get(node);
    if (connection === undefined) throw new Error(`no broker ${node}`);
    return connection;
  }

  async #told<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#error(error, "brokers");
    }
  }

  #error(error: unknown, where: string): unknown {
    const names = namesOf(error);
    const codes = codesOf(error);
    const forbidden = names.find((name) => name.endsWith("AUTHORIZATION_FAILED"));
    if (forbidden !== undefined) return notAllowed(where, forbidden, error);
    if (codes.includes("PLT_KFK_AUTHENTICATION") || codes.some((code) => /CERT|TLS|SSL/.test(code))) return notLetIn(this.#options.brokers, "authentication failed", error);
    if (codes.includes("PLT_KFK_NETWORK") || codes.includes("PLT_KFK_TIMEOUT")) return brokersAway(this.#options.brokers, this.#options.retries + 1, codes.find((code) => code.startsWith("E")) ?? "no answer", error);
    return names[0] === undefined ? error : refused(where, names[0], error);
  }
}

class PlatformaticProducer implements KafkaProducer {
  readonly #options: ProducerOptions;
  readonly #producer: Producer;
  readonly #partitions: KafkaClient["partitions"];
  readonly #error: (error: unknown, where: string) => unknown;
  readonly #choice = new PartitionChoice();
  #transaction: Transaction | undefined;
  #began: number | undefined;

  constructor(client: ClientOptions, options: ProducerOptions, partitions: KafkaClient["partitions"], error: (error: unknown, where: string) => unknown) {
    this.#options = options;
    this.#partitions = partitions;
    this.#error = error;
    // The library takes one time for both: how long the broker may take, and how long a transaction may be open.
    this.#producer = new Producer({ ...settingsOf(client), ...(options.transactionTimeout === undefined ? {} : { timeout: options.transactionTimeout }), idempotent: true, autocreateTopics: false, ...(options.transactionalId === undefined ? {} : { transactionalId: options.transactionalId }) });
  }

  /** The first transaction is begun here: that is when the library fences off others. Without these numbers it would say that it is producer 0. */
  async open(): Promise<void> {
    if (this.#options.transactionalId !== undefined) this.#transaction = await this.#told(() => this.#producer.beginTransaction({ producerId: -1n, producerEpoch: -1 }));
  }

  async begin(): Promise<void> {
    this.#transaction ??= await this.#told(() => this.#producer.beginTransaction());
    this.#began = Date.now();
  }

  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    const counts = await this.#partitions([...new Set(messages.map(({ topic }) => topic))]);
    for (const { topic, partition } of messages) {
      const count = counts.get(topic)?.length;
      if (count === undefined) throw unknownTopic(topic);
      if (partition !== null && partition >= count) throw unknownTopic(topic, `the topic has no partition ${partition}`);
    }
    const parts = this.#choice.split(messages, new Map([...counts].map(([topic, partitions]) => [topic, partitions.length])));
    // A request holds messages of one partition, so that the half of what is too large can be sent again.
    for (const part of parts) for (const batch of cutIntoBatches(part.messages, 950_000)) await this.#sendBatch({ ...part, messages: batch });
  }

  async #sendBatch({ topic, partition, messages }: PartitionMessages): Promise<void> {
    const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const sent = messages.map(({ key, value, headers, timestamp }) => ({
      topic,
      partition,
      ...(key === null ? {} : { key: buffer(key) }),
      ...(value === null ? {} : { value: buffer(value) }),
      ...(timestamp === undefined ? {} : { timestamp: BigInt(Math.floor(timestamp / 1000)) }),
      // Keys are told apart by their identity, so that the same one may come again.
      headers: new Map(headers.map((header) => [Buffer.from(header.key), header.value === null ? Buffer.alloc(0) : buffer(header.value)])),
    }));
    try {
      await (this.#transaction ?? this.#producer).send({ messages: sent, compression: this.#options.compression });
    } catch (error) {
      if (!namesOf(error).some((name) => name === "MESSAGE_TOO_LARGE" || name === "RECORD_LIST_TOO_LARGE")) throw this.#toldOf(error);
      if (messages.length === 1) throw messageTooLarge(topic, partition, messages[0]?.value?.length ?? 0);
      const half = messages.length >>> 1;
      await this.#sendBatch({ topic, partition, messages: messages.slice(0, half) });
      await this.#sendBatch({ topic, partition, messages: messages.slice(half) });
    }
  }

  commit(): Promise<void> {
    return this.#finish("commit");
  }

  abort(): Promise<void> {
    return this.#finish("abort");
  }

  async close(): Promise<void> {
    if (!this.#producer.closed) await this.#producer.close(true);
  }

  async #finish(how: "commit" | "abort"): Promise<void> {
    const transaction = this.#transaction;
    if (transaction === undefined) throw new Error("no transaction is open");
    await this.#told(() => transaction[how]());
    this.#transaction = undefined;
  }

  async #told<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#toldOf(error);
    }
  }

  #toldOf(error: unknown): unknown {
    const { transactionalId, transactionTimeout = 60_000 } = this.#options;
    const fenced = namesOf(error).find((name) => /^(INVALID_PRODUCER_EPOCH|PRODUCER_FENCED|INVALID_TXN_STATE|INVALID_PRODUCER_ID_MAPPING)$/.test(name));
    if (transactionalId === undefined || fenced === undefined) return this.#error(error, "producer");
    const open = Date.now() - (this.#began ?? Date.now());
    return open >= transactionTimeout ? transactionLost(transactionalId, Math.round(open / 1000), fenced) : producerFenced(transactionalId, fenced);
  }
}

function settingsOf({ brokers, clientId, tls, sasl, connectionTimeout, requestTimeout, retries, retryInterval }: ClientOptions) {
  const mechanisms = { plain: "PLAIN", "scram-sha-256": "SCRAM-SHA-256", "scram-sha-512": "SCRAM-SHA-512" } as const;
  return {
    clientId,
    bootstrapBrokers: [...brokers],
    connectTimeout: connectionTimeout,
    requestTimeout,
    retries,
    retryDelay: retryInterval,
    ...(tls === undefined ? {} : { tls: { ...(tls.ca === undefined ? {} : { ca: tls.ca }), ...(tls.certificate === undefined ? {} : { cert: tls.certificate }), ...(tls.key === undefined ? {} : { key: tls.key }), ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase }), ...(tls.serverName === undefined ? {} : { servername: tls.serverName }) } }),
    ...(sasl === undefined ? {} : { sasl: { mechanism: mechanisms[sasl.mechanism], username: sasl.username, password: sasl.password } }),
  };
}

