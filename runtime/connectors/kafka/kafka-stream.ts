import type { Chunk } from "../../formats/column-batch.ts";
import { keptBatches } from "../log-offset.ts";
import type { Offset, SourceContext, SourceLog, StreamSource } from "../source.ts";
import { unlessStopped } from "../unless-stopped.ts";
import { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";
import { DataLoss, partitionWords } from "./data-loss.ts";
import { followPartitions } from "./follow-partitions.ts";
import { GroupOffsets } from "./group-offsets.ts";
import { KafkaEnds } from "./kafka-ends.ts";
import { MessageChunks } from "./message-chunks.ts";
import { messagesBehind } from "./messages-behind.ts";
import { inOrder, offsetText, parseOffset, partitionKey, partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import { BatchDelay, rateLimited } from "./read-limits.ts";
import { readRanges, type RangeReading } from "./read-ranges.ts";
import type { KafkaSourceSettings } from "./source-settings.ts";
import { splitRanges, type OffsetRange } from "./split-ranges.ts";
import { StartLog, type TopicIds } from "./start-log.ts";
import type { Subscribed } from "./subscription.ts";
import { verifiedRanges } from "./verified-ranges.ts";

/** Milliseconds between two looks at the ends, for what no fetch tells (new partitions, topics made anew): more and more while nothing comes. */
const shortestPoll = 100;
const longestPoll = 1000;

/**
 * Topics as a stream (Spark: KafkaMicroBatchStream). An offset names the next message of each partition. Where the query begins is asked once and durable
 * before its first batch is planned; partitions that come later are read from their beginning. What is gone before it was read
 * (retention, topics deleted or made anew) is reported as `failOnDataLoss` says, and nothing is read twice.
 */
export class KafkaStream implements StreamSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #settings: KafkaSourceSettings;
  readonly #client: KafkaClient;
  readonly #subscribed: Subscribed;
  readonly #positions: BrokerPositions;
  readonly #ends: KafkaEnds;
  readonly #loss: DataLoss;
  readonly #log: StartLog;
  readonly #delay: BatchDelay;
  readonly #group: GroupOffsets | undefined;
  /** Where `available now` ends. */
  #frozen: PartitionOffsets | undefined;
  /** The topics as they were when the last batch was planned. */
  #topics: TopicIds | undefined;
  /** The ends when they were last asked for, and the end of the batch that was planned last. */
  #seen: PartitionOffsets = new Map();
  #planned: { readonly text: Offset; readonly offsets: PartitionOffsets } | undefined;

  constructor(context: SourceContext, log: SourceLog, settings: KafkaSourceSettings, client: KafkaClient, subscribed: Subscribed) {
    this.description = `KafkaSource[${subscribed.description}]`;
    this.#context = context;
    this.#settings = settings;
    this.#client = client;
    this.#subscribed = subscribed;
    this.#positions = new BrokerPositions(client, settings.isolation);
    this.#ends = new KafkaEnds({ host: context.host, client, positions: this.#positions, subscribed, stopping: context.stopping });
    this.#loss = new DataLoss(settings.failOnDataLoss, context.warn);
    this.#log = new StartLog(log);
    this.#delay = new BatchDelay(settings.limits);
    this.#group = settings.group === undefined ? undefined : new GroupOffsets(client, settings.group, context.warn);
  }

  async latest(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined> {
    return (await unlessStopped(this.#plan(from, batch, ignoreLimits), this.#context.stopping)) ?? from;
  }

  async freezeEnd(): Promise<void> {
    this.#frozen = (await unlessStopped(this.#ends.now(), this.#context.stopping))?.offsets ?? new Map();
  }

  async *read(from: Offset | undefined, to: Offset): AsyncGenerator<Chunk, void, undefined> {
    const starts = from === undefined ? (this.#log.start ?? new Map<string, number>()) : parseOffset(from);
    const ends = parseOffset(to);
    const ranges = inOrder(ends.keys()).flatMap((key): readonly OffsetRange[] => {
      const range = { key, from: starts.get(key) ?? 0, until: ends.get(key) ?? 0 };
      return range.until > range.from ? [range] : [];
    });
    const there = to === this.#planned?.text ? ranges : await verifiedRanges(ranges, { host: this.#context.host, positions: this.#positions, loss: this.#loss, signal: this.#context.signal });
    yield* readRanges(splitRanges(await this.#withoutOldLoss(there, starts), this.#settings.splits), this.#reading(this.#context.signal));
  }

  follow(from: Offset | undefined, signal: AbortSignal): AsyncIterable<{ readonly chunk: Chunk; readonly to: Offset }> {
    const { host, stopping } = this.#context;
    return followPartitions(() => this.#begin(from), { ...this.#reading(AbortSignal.any([signal, stopping])), host, ends: this.#ends });
  }

  commit(to: Offset, batch: number): void {
    this.#log.retire(batch - keptBatches);
    this.#group?.commit(to);
  }

  /** For progress: how far the last batch's end was behind the ends that were known (Spark: KafkaMicroBatchStream.metrics). */
  get metrics(): Readonly<Record<string, string>> {
    const behind = [...(this.#planned?.offsets ?? [])].flatMap(([key, offset]) => (this.#seen.has(key) ? [Math.max(0, (this.#seen.get(key) ?? 0) - offset)] : []));
    if (behind.length === 0) return {};
    const sum = behind.reduce((total, each) => total + each, 0);
    return { minOffsetsBehindLatest: String(Math.min(...behind)), maxOffsetsBehindLatest: String(Math.max(...behind)), avgOffsetsBehindLatest: String(sum / behind.length) };
  }

  async waitForData(signal: AbortSignal): Promise<void> {
    const { host } = this.#context;
    const seen = offsetText(this.#seen);
    const isHeldBack = this.#planned !== undefined && [...this.#seen].some(([key, end]) => end > (this.#planned?.offsets.get(key) ?? 0));
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    signal.addEventListener("abort", wake, { once: true });
    if (signal.aborted) wake();
    // What is held back is not for every message that comes looked at.
    if (!isHeldBack) void messagesBehind(this.#client, this.#seen, this.#settings, woken.signal).then((came) => came && wake());
    try {
      for (let pause = shortestPoll; !woken.signal.aborted; pause = Math.min(longestPoll, pause * 2)) {
        const due = isHeldBack ? this.#delay.dueIn(host.clock.monotonic()) : Infinity;
        await host.timers.sleep(Math.max(1, Math.min(pause, due)), woken.signal);
        if (woken.signal.aborted || due <= pause) return;
        try {
          const ends = await unlessStopped(this.#ends.now(), woken.signal);
          if (ends === undefined || offsetText(ends.offsets) !== seen) return;
        } catch {
          // Whoever asks for the next batch meets the error, and says it.
          return;
        }
      }
    } finally {
      signal.removeEventListener("abort", wake);
      wake();
    }
  }

  async close(): Promise<void> {
    await this.#group?.settled();
    await this.#client.close();
  }

  #reading(signal: AbortSignal): RangeReading {
    const { isolation, maxWait, maxMessageBytes } = this.#settings;
    return { client: this.#client, positions: this.#positions, chunks: new MessageChunks(this.#context.format, maxMessageBytes), loss: this.#loss, options: { isolation, maxWait }, signal };
  }

  async #plan(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined> {
    const begun = await this.#begin(from);
    const ends = await this.#ends.notBelow(begun);
    this.#seen = ends.offsets;
    const topics = await this.#topicIds(ends.partitions);
    this.#topics ??= this.#log.topicsBefore(batch);
    const remade = await this.#remade(ends.partitions, begun, topics);
    const known = new Map([...begun, ...(await this.#newPartitions(ends.partitions, begun))]);
    this.#reportGone(begun, ends.offsets);
    const reached = this.#limited(known, this.#bounded(known, ends.offsets, remade), ignoreLimits);
    if (reached === undefined) return from;
    const offsets = new Map([...reached].map(([key, end]) => [key, remade.get(key) ?? end] as const));
    const text = offsetText(offsets);
    this.#planned = { text, offsets };
    if (text === offsetText(begun)) return from;
    this.#delay.ran(this.#context.host.clock.monotonic());
    if (!sameTopics(topics, this.#topics)) {
      if (batch === 0) this.#log.begin(new Map([...begun, ...remade]), topics);
      else this.#log.keepTopics(batch, topics);
      this.#topics = topics;
    }
    return text;
  }

  /** Where a batch starts: at the query's first, where the options say, which is asked once. */
  async #begin(from: Offset | undefined): Promise<PartitionOffsets> {
    if (from !== undefined) return parseOffset(from);
    const kept = this.#log.start;
    if (kept !== undefined) return kept;
    const { start = { kind: "latest" }, latestWithoutMatch } = this.#settings;
    const partitions = await this.#subscribed.partitions(this.#client);
    this.#subscribed.check(partitions);
    const offsets = await this.#positions.resolve(start, partitions, latestWithoutMatch ? "latest" : "error", this.#loss);
    this.#log.begin(offsets, await this.#topicIds(partitions));
    return offsets;
  }

  async #topicIds(partitions: readonly TopicPartition[]): Promise<TopicIds> {
    const names = [...new Set(partitions.map(({ topic }) => topic))];
    const ids = await Promise.all(names.map((name) => this.#client.topicId(name)));
    return new Map(names.flatMap((name, at) => (ids[at] === undefined ? [] : [[name, ids[at]] as const])));
  }

  /** The partitions of topics that were deleted and made again since they were read, with where they begin: the next batch goes on from there. */
  async #remade(partitions: readonly TopicPartition[], begun: PartitionOffsets, topics: TopicIds): Promise<PartitionOffsets> {
    const before = this.#topics ?? new Map<string, string>();
    const others = partitions.filter((partition) => begun.has(partitionKey(partition)) && before.has(partition.topic) && topics.has(partition.topic) && before.get(partition.topic) !== topics.get(partition.topic));
    const earliest = [...(await this.#positions.earliest(others))].filter(([key, offset]) => (begun.get(key) ?? 0) > offset);
    for (const [key] of earliest) this.#loss.report(`the topic was deleted and made again after it was read up to offset ${begun.get(key) ?? 0}`, partitionWords(partitionOf(key)));
    return new Map(earliest);
  }

  /** Where partitions begin that were not there before. */
  async #newPartitions(partitions: readonly TopicPartition[], begun: PartitionOffsets): Promise<PartitionOffsets> {
    const added = this.#frozen === undefined ? partitions.filter((partition) => !begun.has(partitionKey(partition))) : partitions.filter((partition) => !begun.has(partitionKey(partition)) && this.#frozen?.has(partitionKey(partition)) === true);
    const earliest = await this.#positions.earliest(added);
    for (const [key, offset] of earliest) if (offset > 0) this.#loss.report(`it is new, and begins at offset ${offset} and not at 0`, partitionWords(partitionOf(key)));
    return earliest;
  }

  #reportGone(begun: PartitionOffsets, ends: PartitionOffsets): void {
    for (const [key, offset] of begun) if (!ends.has(key)) this.#loss.report(`it is gone, after it was read up to offset ${offset}`, partitionWords(partitionOf(key)));
  }

  /** The ends up to which this run reads. */
  #bounded(known: PartitionOffsets, ends: PartitionOffsets, remade: PartitionOffsets): PartitionOffsets {
    const frozen = this.#frozen;
    for (const [key, end] of frozen ?? []) {
      const now = ends.get(key);
      if (now === undefined && known.has(key)) continue;
      if (now === undefined || now < end) this.#loss.report(`the planned end ${end} of the run is gone`, partitionWords(partitionOf(key)));
    }
    const bounds = new Map<string, number>();
    for (const [key, end] of ends) {
      const from = known.get(key);
      if (from === undefined) continue;
      if (end < from && !remade.has(key)) this.#loss.report(`it ends at offset ${end}, and was read up to ${from}`, partitionWords(partitionOf(key)));
      // Whatever came before the run ended its planning is behind it.
      bounds.set(key, frozen === undefined || end < from ? end : Math.max(from, Math.min(end, frozen.get(key) ?? from)));
    }
    return bounds;
  }

  /** What a batch takes of it; undefined where it is to wait for more. */
  #limited(known: PartitionOffsets, ends: PartitionOffsets, ignoreLimits: boolean): PartitionOffsets | undefined {
    if (ignoreLimits) return ends;
    const { minOffsets, maxOffsets } = this.#settings.limits;
    if (minOffsets !== undefined && this.#frozen === undefined && !this.#delay.isDue(known, ends, this.#context.host.clock.monotonic())) return undefined;
    return maxOffsets === undefined ? ends : rateLimited(maxOffsets, known, ends);
  }

  /** Partitions that were new when their batch was planned: what they had lost then is not reported a second time. */
  async #withoutOldLoss(ranges: readonly OffsetRange[], starts: PartitionOffsets): Promise<readonly OffsetRange[]> {
    const added = ranges.filter(({ key }) => !starts.has(key));
    if (added.length === 0 || this.#loss.fails) return ranges;
    const earliest = await this.#positions.earliest(added.map(({ key }) => partitionOf(key)));
    return ranges.map((range) => (starts.has(range.key) ? range : { ...range, from: Math.max(range.from, Math.min(range.until, earliest.get(range.key) ?? 0)) }));
  }
}

function sameTopics(a: TopicIds, b: TopicIds): boolean {
  return a.size === b.size && [...a].every(([name, id]) => b.get(name) === id);
}

