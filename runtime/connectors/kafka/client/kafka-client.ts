import type { Message, MessageHeader } from "../../../formats/chunk-messages.ts";

/** A partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Whether messages of transactions that are open or were aborted are seen. */
export type Isolation = "read_committed" | "read_uncommitted";

/** Where in a partition: `earliest`, `latest` (with `read_committed` the end of what is decided), or the first message at or after a time in microseconds. */
export type OffsetQuery = "earliest" | "latest" | { readonly timestamp: number };

/** Some messages of one partition, and the offset to go on from: behind what of a transaction's marks and aborted messages follows them. */
export interface FetchedMessages extends TopicPartition {
  readonly messages: readonly Message[];
  readonly next: number;
}

/** What is to be read of a partition: `[from, until)`; without `until`, as it comes. */
export interface FetchRange extends TopicPartition {
  readonly from: number;
  readonly until?: number;
}

export interface OutgoingMessage {
  readonly topic: string;
  /** Null: by the hash of the key as Java's client does (murmur2), or in turn where there is no key. */
  readonly partition: number | null;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly MessageHeader[];
  /** Microseconds; undefined: the time of sending. */
  readonly timestamp?: number;
}

/**
 * What Sluice needs of a client of Kafka: partitions are assigned, never balanced; offsets are kept elsewhere. A broker that is away is
 * asked again within the client's retries; what then still fails is an `R77xx` error (`kafka-errors.ts`). Another client is put in
 * by implementing this interface.
 */
export interface KafkaClient {
  /** Names of all topics, without Kafka's own. */
  topics(): Promise<readonly string[]>;
  /** The partitions of topics, ascending; a topic that is not there is not among them. */
  partitions(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Offsets of partitions, in the order asked for; undefined where no message is at or after a timestamp, or the partition is gone. */
  offsets(partitions: readonly TopicPartition[], query: OffsetQuery, isolation: Isolation): Promise<readonly (number | undefined)[]>;
  /** What tells one life of a topic from another of its name (Kafka's topic id), of those topics of which the broker says it. */
  topicIds(topics: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Messages of the ranges, fetched ahead by about `bytesAhead` bytes and no further; ends when every `until` is reached. Fails with `OffsetOutOfRange` where
   * the broker no longer has an offset, or the topic is gone.
   */
  fetch(ranges: readonly FetchRange[], options: FetchOptions): AsyncIterable<FetchedMessages>;
  /** Commits offsets to a group without taking part in it, so that tools that show lag see the job. */
  commitOffsets(group: string, offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<void>;
  /** Settings of a topic by their names, also those that it has from the broker; without those that the broker does not tell, or not to this user. */
  topicConfig(topic: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  createTopic(topic: string, settings: { readonly partitions: number; readonly replication: number; readonly config?: Readonly<Record<string, string>> }): Promise<void>;
  producer(options: ProducerOptions): Promise<KafkaProducer>;
  close(): Promise<void>;
}

export interface FetchOptions {
  readonly isolation: Isolation;
  /** Bytes fetched and not yet taken, over all partitions. */
  readonly bytesAhead: number;
  /** Milliseconds that the broker may wait for more. */
  readonly maxWait: number;
  /** Milliseconds that it has beside them to answer; the client's `requestTimeout` unless given. */
  readonly timeout?: number | undefined;
  readonly signal: AbortSignal;
}

export type Compression = "none" | "gzip" | "snappy" | "lz4" | "zstd";

export interface ProducerOptions {
  /** With it messages are sent in transactions, and whoever had this id before is fenced off: `producer` resolves only when what that one left open is decided. */
  readonly transactionalId?: string;
  /** Milliseconds after which the broker aborts a transaction of itself. */
  readonly transactionTimeout?: number;
  readonly compression: Compression;
}

export interface KafkaProducer {
  /** Begins a transaction; only with a transactional id. */
  begin(): Promise<void>;
  /** Resolves when the brokers have the messages (acks: all), with a batch of them in the order given. */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
  close(): Promise<void>;
}

/** How brokers are reached. Passwords stand in no message. */
export interface ClientOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls?: { readonly ca?: string; readonly certificate?: string; readonly key?: string; readonly passphrase?: string; readonly serverName?: string };
  readonly sasl?: { readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512"; readonly username: string; readonly password: string };
  /** Milliseconds until a connection or a request is given up. */
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  /** How often a request is tried again, and milliseconds between. */
  readonly retries: number;
  readonly retryInterval: number;
  /** Says that a broker is away and is being waited for, or is back. */
  report(message: string): void;
}

/** Makes a client: `kafkajsClient`, or another one that a program gives (`StartOptions.kafka`). */
export type KafkaClientFactory = (options: ClientOptions) => Promise<KafkaClient>;
