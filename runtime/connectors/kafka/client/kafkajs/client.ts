import type {
  ClientOptions, FetchedMessages, FetchOptions, FetchRange, Isolation, KafkaClient, KafkaProducer, OffsetQuery, ProducerOptions, TopicPartition,
} from "../kafka-client.ts";
import { partitionKey, partitionWords } from "../partition-names.ts";
import { addTo, byLeader } from "./by-leader.ts";
import { KafkajsProducer } from "./producer.ts";
import type { KafkajsLibrary } from "./kafkajs-library.ts";
import { NodeTable, type Metadata } from "./node-table.ts";
import { Patience } from "./patience.ts";
import { Presence } from "./presence.ts";
import { errorCodes, isGone } from "./protocol-error.ts";
import { RangeFetch } from "./range-fetch.ts";
import { topicConfig } from "./topic-config.ts";
import { topicIdsRequest, topicIdsVersion } from "./topic-ids.ts";
import { withCoordinator, type Line } from "./with-coordinator.ts";

/** Topics of the brokers' own that they do not mark as such. */
const ownTopics: ReadonlySet<string> = new Set(["__share_group_state", "__cluster_metadata"]);

/** The client over kafkajs's connections. Readings and producers have connections of their own, so that none waits behind another. */
export class KafkajsClient implements KafkaClient {
  readonly #library: KafkajsLibrary;
  readonly #options: ClientOptions;
  readonly #presence: Presence;
  readonly #main: Line;
  readonly #lines = new Set<Line>();
  readonly #idle: Line[] = [];
  #closed = false;

  constructor(library: KafkajsLibrary, options: ClientOptions) {
    this.#library = library;
    this.#options = options;
    this.#presence = new Presence(options);
    this.#main = this.#openLine();
  }

  async topics(): Promise<readonly string[]> {
    const { topicMetadata } = await this.#metadata(undefined);
    return topicMetadata.filter(({ topic, isInternal }) => !isInternal && !ownTopics.has(topic)).map(({ topic }) => topic).sort();
  }

  async partitions(topics: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    if (topics.length === 0) return new Map();
    const { topicMetadata } = await this.#metadata(topics);
    const there = topicMetadata.filter(({ topicErrorCode }) => !isGone(topicErrorCode));
    return new Map(there.map(({ topic, partitionMetadata }) => [topic, partitionMetadata.map(({ partitionId }) => partitionId).sort((a, b) => a - b)]));
  }

  async offsets(partitions: readonly TopicPartition[], query: OffsetQuery, isolation: Isolation): Promise<readonly (number | undefined)[]> {
    if (partitions.length === 0) return [];
    const { nodes, patience } = this.#main;
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    let isFirst = true;
    const found = await patience.with(async () => {
      const mayBeRecent = isFirst;
      isFirst = false;
      const offsets = await listOffsets(nodes, mayBeRecent ? await nodes.recentMetadata(topics) : await nodes.metadata(topics), partitions, query, isolation);
      // What recent metadata do not know may be new, or elsewhere by now.
      return mayBeRecent && offsets.size < partitions.length ? listOffsets(nodes, await nodes.metadata(topics), partitions, query, isolation) : offsets;
    });
    return partitions.map((partition) => found.get(partitionKey(partition)));
  }

  async topicIds(topics: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { nodes, patience } = this.#main;
    return patience.with(async () => {
      const broker = await nodes.any();
      return nodes.newest(broker, "Metadata") < topicIdsVersion ? new Map<string, string>() : nodes.askRaw(broker, topicIdsRequest(topics));
    });
  }

  async *fetch(ranges: readonly FetchRange[], options: FetchOptions): AsyncGenerator<FetchedMessages> {
    const line = this.#idle.pop() ?? this.#openLine();
    const reading = new RangeFetch(line.nodes, line.patience, this.#presence, ranges, options);
    yield* reading.messages(() => {
      if (!this.#closed) this.#idle.push(line);
    });
  }

  async commitOffsets(group: string, offsets: readonly (TopicPartition & { readonly offset: number })[]): Promise<void> {
    if (offsets.length === 0) return;
    const { nodes, patience } = this.#main;
    const topics = [...byTopic(offsets)].map(([topic, of]) => ({ topic, partitions: of.map(({ partition, offset }) => ({ partition, offset: String(offset) })) }));
    await withCoordinator({ nodes, patience }, { kind: "group", key: group }, async (coordinator) => {
      const answer = (await nodes.ask(coordinator, "OffsetCommit", { groupId: group, groupGenerationId: -1, memberId: "", topics })) as PartitionsAnswer;
      for (const { topic, partitions } of answer.responses) for (const { partition, errorCode } of partitions) nodes.check(errorCode, `group ${group}, ${partitionWords({ topic, partition })}`);
    });
  }

  async createTopic(topic: string, { partitions, replication, config = {} }: Parameters<KafkaClient["createTopic"]>[1]): Promise<void> {
    const { nodes, patience } = this.#main;
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await patience.with(async () => {
      const { controllerId } = await nodes.metadata([topic]);
      const answer = (await nodes.ask(await nodes.node(controllerId), "CreateTopics", {
        topics: [{ topic, numPartitions: partitions, replicationFactor: replication, configEntries }],
        timeout: this.#options.requestTimeout,
      })) as { readonly topicErrors: readonly { readonly errorCode: number }[] };
      for (const { errorCode } of answer.topicErrors) if (errorCode !== errorCodes.topicExists) nodes.check(errorCode, `topic ${topic}`);
    });
    await patience.with(async () => {
      const [made] = (await nodes.metadata([topic])).topicMetadata;
      if (made === undefined || made.topicErrorCode !== 0 || made.partitionMetadata.length === 0 || made.partitionMetadata.some(({ leader }) => leader < 0)) throw nodes.errorOf(errorCodes.leaderNotAvailable, `topic ${topic}`);
    });
  }

  async topicConfig(topic: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { nodes, patience } = this.#main;
    return patience.with(() => topicConfig(nodes, topic, names));
  }

  async producer(options: ProducerOptions): Promise<KafkaProducer> {
    const line = this.#openLine();
    try {
      return await KafkajsProducer.open(line.nodes, line.patience, options, this.#options, () => {
        this.#closeLine(line);
      });
    } catch (error) {
      this.#closeLine(line);
      throw error;
    }
  }

  close(): Promise<void> {
    this.#closed = true;
    for (const line of [...this.#lines]) this.#closeLine(line);
    this.#idle.length = 0;
    return Promise.resolve();
  }

  #metadata(topics: readonly string[] | undefined): Promise<Metadata> {
    const { nodes, patience } = this.#main;
    return patience.with(async () => {
      const metadata = await nodes.metadata(topics);
      for (const { topic, topicErrorCode } of metadata.topicMetadata) if (!isGone(topicErrorCode) && topicErrorCode !== errorCodes.leaderNotAvailable) nodes.check(topicErrorCode, `topic ${topic}`);
      return metadata;
    });
  }

  #openLine(): Line {
    const nodes = new NodeTable(this.#library, this.#options);
    const line = { nodes, patience: new Patience(nodes, this.#options, this.#presence) };
    this.#lines.add(line);
    return line;
  }

  #closeLine(line: Line): void {
    this.#lines.delete(line);
    line.patience.close();
    line.nodes.close();
  }
}

interface PartitionsAnswer {
  readonly responses: readonly { readonly topic: string; readonly partitions: readonly { readonly partition: number; readonly errorCode: number }[] }[];
}

interface OffsetsAnswer {
  readonly responses: readonly { readonly topic: string; readonly partitions: readonly { readonly partition: number; readonly errorCode: number; readonly offset: string }[] }[];
}

function byTopic<Place extends TopicPartition>(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const topics = new Map<string, Place[]>();
  for (const place of places) addTo(topics, place.topic, place);
  return topics;
}

/** The offsets that answer a query, by partition, of the partitions that are there; all leaders are asked at once. */
async function listOffsets(nodes: NodeTable, metadata: Metadata, partitions: readonly TopicPartition[], query: OffsetQuery, isolation: Isolation): Promise<ReadonlyMap<string, number>> {
  const timestamp = query === "earliest" ? -2 : query === "latest" ? -1 : Math.ceil(query.timestamp / 1000);
  const isolationLevel = isolation === "read_committed" ? 1 : 0;
  const answers = await Promise.all(
    [...byLeader(nodes, metadata, partitions).leaders].map(async ([leader, asked]) => {
      const topics = [...byTopic(asked)].map(([topic, of]) => ({ topic, partitions: of.map(({ partition }) => ({ partition, timestamp })) }));
      return (await nodes.ask(await nodes.node(leader), "ListOffsets", { isolationLevel, topics })) as OffsetsAnswer;
    }),
  );
  const offsets = new Map<string, number>();
  for (const { topic, partitions: of } of answers.flatMap(({ responses }) => responses)) {
    for (const { partition, errorCode, offset } of of) {
      if (isGone(errorCode)) continue;
      nodes.check(errorCode, partitionWords({ topic, partition }));
      if (Number(offset) >= 0) offsets.set(partitionKey({ topic, partition }), Number(offset));
    }
  }
  return offsets;
}
