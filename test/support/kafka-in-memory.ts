import type {
  FetchedMessages, FetchOptions, FetchRange, Isolation, KafkaClient, KafkaClientFactory, KafkaProducer, OffsetQuery, OutgoingMessage, ProducerOptions, TopicPartition,
} from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { OffsetOutOfRange } from "../../runtime/connectors/kafka/client/kafka-errors.ts";
import { WakeUp } from "../../runtime/connectors/wake-up.ts";
import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import type { Message } from "../../runtime/formats/chunk-messages.ts";

/** A transaction as the broker knows it. */
interface Transaction {
  state: "open" | "committed" | "aborted";
  readonly partitions: Set<MemoryPartition>;
}

/** A message, or a mark of a transaction's end (no message). */
interface Entry {
  readonly offset: number;
  readonly message: Message | undefined;
  readonly transaction: Transaction | undefined;
}

interface MemoryPartition {
  entries: Entry[];
  /** The first offset that is still there, and the next one to be given. */
  start: number;
  next: number;
}

interface MemoryTopic {
  readonly id: string;
  readonly config: Readonly<Record<string, string>>;
  readonly partitions: MemoryPartition[];
}

/** A message in a test: text is UTF-8. */
export interface TestMessage {
  readonly key?: string | Uint8Array | null;
  readonly value?: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Microseconds. */
  readonly timestamp?: number;
}

/** What a client is asked, for tests that let calls fail or wait. */
export type KafkaCall = "topics" | "partitions" | "offsets" | "topicIds" | "fetch" | "commitOffsets" | "topicConfig" | "createTopic" | "producer" | "begin" | "send" | "commit" | "abort" | "close";

/**
 * A broker that keeps its topics in memory and survives the clients: transactions with a last stable offset, aborted messages and marks
 * that occupy offsets, retention, compaction, topics deleted and made again, fencing by transactional id.
 */
export class KafkaInMemory {
  /** Offsets committed to groups: by group, then `topic/partition`. */
  readonly groups = new Map<string, Map<string, number>>();
  /** Called around every call of a client: throwing makes it fail (before: undone; after: done, the answer lost), a promise makes it wait. */
  intercept: ((call: KafkaCall, moment: "before" | "after", detail: unknown) => void | Promise<void>) | undefined;
  /** Messages that `fetch` gives at a time. */
  fetchSize = 500;
  /** Microseconds of the next message that names no time; each takes a millisecond. */
  time = 1_700_000_000_000_000;
  /** Clients that were made and not closed. */
  openClients = 0;
  readonly #topics = new Map<string, MemoryTopic>();
  readonly #producers = new Map<string, { epoch: number; transaction: Transaction | undefined }>();
  readonly #changes = new WakeUp();
  readonly #backwards = new Map<string, { offset: number; times: number }>();
  #topicCount = 0;
  #turn = 0;

  createTopic(name: string, partitions = 1, config: Readonly<Record<string, string>> = {}): void {
    if (this.#topics.has(name)) throw new Error(`topic ${name} exists`);
    this.#topics.set(name, { id: `topic-${++this.#topicCount}`, config, partitions: Array.from({ length: partitions }, () => ({ entries: [], start: 0, next: 0 })) });
    this.#changes.notify();
  }

  deleteTopic(name: string): void {
    this.#topics.delete(name);
    this.#changes.notify();
  }

  addPartitions(name: string, count: number): void {
    const { partitions } = this.#topic(name);
    while (partitions.length < count) partitions.push({ entries: [], start: 0, next: 0 });
  }

  configOf(name: string): Readonly<Record<string, string>> {
    return this.#topic(name).config;
  }

  /** Appends messages; a text is a message of that value without a key. */
  append(topic: string, partition: number, ...messages: readonly (string | TestMessage)[]): void {
    for (const message of messages) this.#append(topic, partition, messageOf(typeof message === "string" ? { value: message } : message), undefined);
    this.#changes.notify();
  }

  /** Messages with the values `from`, `from + 1` … */
  appendNumbers(topic: string, partition: number, from: number, count: number): void {
    for (let n = 0; n < count; n++) this.#append(topic, partition, messageOf({ value: String(from + n) }), undefined);
    this.#changes.notify();
  }

  /** A transaction of some other program. */
  begin(): { append(topic: string, partition: number, ...values: readonly string[]): void; commit(): void; abort(): void } {
    const transaction: Transaction = { state: "open", partitions: new Set() };
    return {
      append: (topic, partition, ...values) => {
        for (const value of values) this.#append(topic, partition, messageOf({ value }), transaction);
        this.#changes.notify();
      },
      commit: () => this.#end(transaction, "committed"),
      abort: () => this.#end(transaction, "aborted"),
    };
  }

  /** Retention: what lies below an offset is gone. */
  removeBelow(topic: string, partition: number, offset: number): void {
    const log = this.#partition(topic, partition);
    log.start = Math.max(log.start, offset);
    log.entries = log.entries.filter((entry) => entry.offset >= offset);
  }

  /** Compaction: single offsets are gone. */
  compact(topic: string, partition: number, ...offsets: readonly number[]): void {
    const log = this.#partition(topic, partition);
    log.entries = log.entries.filter((entry) => !offsets.includes(entry.offset));
  }

  /** The next `times` answers to what the end of a partition is are this offset (KAFKA-7703). */
  goBackwards(topic: string, partition: number, offset: number, times: number): void {
    this.#backwards.set(`${topic}/${partition}`, { offset, times });
  }

  /** What a reader sees of a topic, partition after partition. */
  messages(topic: string, isolation: Isolation = "read_committed"): readonly (Message & { readonly partition: number })[] {
    return this.#topic(topic).partitions.flatMap((log, partition) => {
      const end = isolation === "read_committed" ? stableEnd(log) : log.next;
      return log.entries.flatMap((entry) => (entry.message !== undefined && entry.offset < end && isVisible(entry, isolation) ? [{ ...entry.message, partition }] : []));
    });
  }

  /** The values of `messages` as texts. */
  values(topic: string, isolation: Isolation = "read_committed"): readonly (string | null)[] {
    return this.messages(topic, isolation).map(({ value }) => (value === null ? null : Buffer.from(value).toString("utf8")));
  }

  hasTopic(name: string): boolean {
    return this.#topics.has(name);
  }

  /** Makes clients of this broker. */
  readonly factory: KafkaClientFactory = async () => {
    this.openClients++;
    let isOpen = true;
    const client: KafkaClient = {
      topics: () => this.#call("topics", undefined, () => [...this.#topics.keys()].filter((name) => !name.startsWith("__"))),
      partitions: (topics) =>
        this.#call("partitions", topics, () => new Map(topics.flatMap((topic) => (this.#topics.has(topic) ? [[topic, this.#topic(topic).partitions.map((_, number) => number)] as const] : [])))),
      offsets: (partitions, query, isolation) => this.#call("offsets", query, () => partitions.map((partition) => this.#offset(partition, query, isolation))),
      topicIds: (topics) => this.#call("topicIds", topics, () => new Map(topics.flatMap((topic) => (this.#topics.has(topic) ? [[topic, this.#topic(topic).id] as const] : [])))),
      fetch: (ranges, options) => this.#fetch(ranges, options),
      commitOffsets: (group, offsets) =>
        this.#call("commitOffsets", offsets, () => {
          const kept = this.groups.get(group) ?? new Map<string, number>();
          this.groups.set(group, kept);
          for (const { topic, partition, offset } of offsets) kept.set(`${topic}/${partition}`, offset);
        }),
      topicConfig: (topic, names) => this.#call("topicConfig", topic, () => new Map(Object.entries(this.configOf(topic)).filter(([name]) => names.includes(name)))),
      createTopic: (topic, { partitions, config }) => this.#call("createTopic", topic, () => this.createTopic(topic, partitions, config)),
      producer: (options) => this.#call("producer", options, () => this.#producer(options)),
      close: () =>
        this.#call("close", undefined, () => {
          if (isOpen) this.openClients--;
          isOpen = false;
        }),
    };
    return client;
  };

  async #call<T>(call: KafkaCall, detail: unknown, action: () => T): Promise<T> {
    await this.intercept?.(call, "before", detail);
    const result = action();
    await this.intercept?.(call, "after", detail);
    return result;
  }

  async *#fetch(ranges: readonly FetchRange[], { isolation, signal }: FetchOptions): AsyncGenerator<FetchedMessages> {
    const places = ranges.map((range) => ({ ...range, at: range.from }));
    for (;;) {
      let waits = true;
      for (const place of places) {
        if (place.until !== undefined && place.at >= place.until) continue;
        await this.intercept?.("fetch", "before", place);
        signal.throwIfAborted();
        const { topic, partition } = place;
        const log = this.#topics.get(topic)?.partitions[partition];
        if (log === undefined || place.at < log.start || place.at > log.next) throw new OffsetOutOfRange({ topic, partition }, place.at);
        const end = Math.min(place.until ?? Infinity, isolation === "read_committed" ? stableEnd(log) : log.next);
        if (place.at >= end) continue;
        const there = log.entries.filter((entry) => entry.offset >= place.at && entry.offset < end).slice(0, this.fetchSize);
        const last = there.length < this.fetchSize ? end : (there.at(-1)?.offset ?? end - 1) + 1;
        const messages = there.flatMap((entry) => (entry.message !== undefined && isVisible(entry, isolation) ? [entry.message] : []));
        place.at = last;
        waits = false;
        yield { topic, partition, messages, next: last };
      }
      if (places.every(({ at, until }) => until !== undefined && at >= until)) return;
      if (waits) await this.#changes.wait(signal);
      signal.throwIfAborted();
    }
  }

  #producer({ transactionalId }: ProducerOptions): KafkaProducer {
    const mine = { epoch: 0 };
    if (transactionalId !== undefined) {
      const before = this.#producers.get(transactionalId);
      if (before?.transaction !== undefined) this.#end(before.transaction, "aborted");
      mine.epoch = (before?.epoch ?? 0) + 1;
      this.#producers.set(transactionalId, { epoch: mine.epoch, transaction: undefined });
    }
    const current = (): { epoch: number; transaction: Transaction | undefined } | undefined => {
      if (transactionalId === undefined) return undefined;
      const known = this.#producers.get(transactionalId);
      if (known === undefined || known.epoch !== mine.epoch) throw new SluiceRuntimeError({ code: "R7705", what: `another process uses the transactional id ${transactionalId}`, how: "stop one of the two" });
      return known;
    };
    const end = (state: "committed" | "aborted"): void => {
      const producer = current();
      if (producer?.transaction === undefined) throw new Error("there is no transaction");
      this.#end(producer.transaction, state);
      producer.transaction = undefined;
    };
    return {
      begin: () =>
        this.#call("begin", transactionalId, () => {
          const producer = current();
          if (producer === undefined || producer.transaction !== undefined) throw new Error("cannot begin a transaction");
          producer.transaction = { state: "open", partitions: new Set() };
        }),
      send: (messages) =>
        this.#call("send", messages, () => {
          const producer = current();
          if (producer !== undefined && producer.transaction === undefined) throw new Error("messages outside of a transaction");
          for (const message of messages) this.#append(message.topic, this.#partitionOf(message), outgoing(message), producer?.transaction);
          this.#changes.notify();
        }),
      commit: () => this.#call("commit", transactionalId, () => end("committed")),
      abort: () => this.#call("abort", transactionalId, () => end("aborted")),
      close: async () => {},
    };
  }

  /** Lets the broker abort what a producer left open (`transaction.timeout.ms`); the producer is then fenced off. */
  expire(transactionalId: string): void {
    const producer = this.#producers.get(transactionalId);
    if (producer?.transaction === undefined) return;
    this.#end(producer.transaction, "aborted");
    producer.transaction = undefined;
    producer.epoch++;
  }

  #partitionOf({ topic, partition, key }: OutgoingMessage): number {
    const { length } = this.#topic(topic).partitions;
    if (partition !== null) return partition;
    return key === null ? this.#turn++ % length : key.reduce((hash, byte) => (hash * 31 + byte) >>> 0, 7) % length;
  }

  #append(topic: string, partition: number, message: Omit<Message, "offset" | "timestamp"> & { readonly timestamp: number | undefined }, transaction: Transaction | undefined): void {
    const log = this.#partition(topic, partition);
    transaction?.partitions.add(log);
    const offset = log.next++;
    const timestamp = message.timestamp ?? (this.time += 1000);
    log.entries.push({ offset, message: { ...message, offset, timestamp }, transaction });
  }

  #end(transaction: Transaction, state: "committed" | "aborted"): void {
    transaction.state = state;
    for (const log of transaction.partitions) log.entries.push({ offset: log.next++, message: undefined, transaction });
    this.#changes.notify();
  }

  #offset({ topic, partition }: TopicPartition, query: OffsetQuery, isolation: Isolation): number | undefined {
    const log = this.#topics.get(topic)?.partitions[partition];
    if (log === undefined) return undefined;
    if (query === "earliest") return log.start;
    if (query !== "latest") return log.entries.find(({ message }) => message !== undefined && message.timestamp >= query.timestamp)?.offset;
    const backwards = this.#backwards.get(`${topic}/${partition}`);
    if (backwards !== undefined && backwards.times-- > 0) return backwards.offset;
    return isolation === "read_committed" ? stableEnd(log) : log.next;
  }

  #topic(name: string): MemoryTopic {
    const topic = this.#topics.get(name);
    if (topic === undefined) throw new SluiceRuntimeError({ code: "R7703", what: `there is no topic ${name}`, how: "create it" });
    return topic;
  }

  #partition(topic: string, partition: number): MemoryPartition {
    const log = this.#topic(topic).partitions[partition];
    if (log === undefined) throw new Error(`topic ${topic} has no partition ${partition}`);
    return log;
  }
}

function stableEnd(log: MemoryPartition): number {
  return log.entries.find(({ message, transaction }) => message !== undefined && transaction?.state === "open")?.offset ?? log.next;
}

function isVisible({ transaction }: Entry, isolation: Isolation): boolean {
  return isolation === "read_uncommitted" || transaction === undefined || transaction.state === "committed";
}

function messageOf({ key = null, value = null, headers = {}, timestamp }: TestMessage): Omit<Message, "offset" | "timestamp"> & { readonly timestamp: number | undefined } {
  return { key: bytesOf(key), value: bytesOf(value), headers: Object.entries(headers).map(([name, text]) => ({ key: name, value: bytesOf(text) })), timestamp, timestampType: 0 };
}

function outgoing({ key, value, headers, timestamp }: OutgoingMessage): Omit<Message, "offset" | "timestamp"> & { readonly timestamp: number | undefined } {
  return { key, value, headers, timestamp, timestampType: 0 };
}

function bytesOf(part: string | Uint8Array | null): Uint8Array | null {
  return typeof part === "string" ? new TextEncoder().encode(part) : part;
}
