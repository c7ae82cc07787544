import type { Chunk } from "../../formats/column-batch.ts";
import { interruptible } from "../../query/interruptible.ts";
import { keptBatches } from "../log-offset.ts";
import type { FollowedChunk, Offset, SourceContext, SourceLog, StreamSource } from "../source.ts";
import { unlessStopped } from "../unless-stopped.ts";
import { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";
import { partitionKey, partitionWords } from "./client/partition-names.ts";
import { DataLoss } from "./data-loss.ts";
import { followPartitions, type Anew, type FollowedPosition } from "./follow-partitions.ts";
import { GroupOffsets } from "./group-offsets.ts";
import { KafkaEnds } from "./kafka-ends.ts";
import { MessageChunks } from "./message-chunks.ts";
import { messagesBehind } from "./messages-behind.ts";
import { ownPositions } from "./own-positions.ts";
import { inOrder, offsetText, parseOffset, partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import { BatchDelay, rateLimited } from "./read-limits.ts";
import { readRanges, type RangeReading } from "./read-ranges.ts";
import type { KafkaSourceSettings } from "./source-settings.ts";
import { splitRanges, type OffsetRange } from "./split-ranges.ts";
import { StartLog } from "./start-log.ts";
import type { Subscribed } from "./subscription.ts";
import { Survey, type Findings } from "./survey.ts";
import { askTopicIds, sameTopics, type TopicIds } from "./topic-ids.ts";
import { verifiedRanges } from "./verified-ranges.ts";

/** Milliseconds between two looks at the ends, for what no fetch tells (new partitions, topics made anew): more and more while nothing comes. */
const shortestPoll = 100;
const longestPoll = 1000;

/**
 * Topics as a stream (Spark: KafkaMicroBatchStream). An offset names the next message of each partition. Where the query begins is asked once and durable
 * before its first batch is planned; partitions that come later are read from their beginning. What is gone before it was read
 * (retention, topics deleted or made anew) is reported as `failOnDataLoss` says, and nothing is read twice: what has vanished keeps its offsets and its topic's id, for when it comes back.
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
  readonly #survey: Survey;
  readonly #log: StartLog;
  readonly #delay: BatchDelay;
  readonly #group: GroupOffsets | undefined;
  /** Where `available now` ends. */
  #frozen: PartitionOffsets | undefined;
  /** The topics as they were when the last batch was planned, or the last epoch ended. */
  #topics: TopicIds | undefined;
  /** Under the continuous trigger: the last two positions that were handed on, of which one is where the query is. */
  #handed: readonly (FollowedPosition & { readonly to: Offset; readonly anew: Anew | undefined })[] | undefined;
  /** The ends when they were last asked for, and the end of the batch that was planned last. */
  #seen: PartitionOffsets = new Map();
  #planned: { readonly text: Offset; readonly offsets: PartitionOffsets } | undefined;

  constructor(context: SourceContext, log: SourceLog, settings: KafkaSourceSettings, client: KafkaClient, subscribed: Subscribed) {
    this.description = `KafkaSource[${subscribed.description}]`;
    this.#context = context;
    this.#settings = settings;
    this.#client = client;
    this.#subscribed = subscribed;
    const { host, signal, stopping } = context;
    this.#positions = new BrokerPositions(client, settings.isolation, { host, signal: stopping });
    this.#ends = new KafkaEnds({ client, positions: this.#positions, subscribed });
    this.#loss = new DataLoss(settings.failOnDataLoss, context.warn);
    this.#survey = new Survey({ host, signal: stopping, ends: this.#ends, positions: this.#positions, loss: this.#loss });
    this.#log = new StartLog(log);
    this.#delay = new BatchDelay(settings.limits);
    this.#group = settings.group === undefined ? undefined : new GroupOffsets(client, settings.group, context.warn, { host, signal });
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
    const { host, signal } = this.#context;
    const isPlanned = to === this.#planned?.text;
    const topics = isPlanned ? (this.#topics ?? new Map<string, string>()) : this.#log.topics;
    const parts = { host, signal, client: this.#client, positions: this.#positions, loss: this.#loss, topics };
    const there = isPlanned ? ranges : await interruptible(verifiedRanges(ranges, parts), signal);
    yield* readRanges(splitRanges(await interruptible(this.#withoutOldLoss(there, starts), signal), this.#settings.splits), { ...this.#reading(signal), topics });
  }

  follow(from: Offset | undefined, signal: AbortSignal, batch = Infinity): AsyncIterable<FollowedChunk> {
    const begin = async (): Promise<FollowedPosition> => {
      const offsets = await this.#begin(from);
      this.#topics = this.#log.topicsBefore(batch);
      this.#handed = [{ to: offsetText(offsets), offsets, topics: this.#topics, anew: undefined }];
      return { offsets, topics: this.#topics };
    };
    return followPartitions(begin, {
      ...this.#reading(AbortSignal.any([signal, this.#context.stopping])),
      ends: this.#ends,
      survey: this.#survey,
      onPosition: (to, position, anew) => {
        this.#handed = [...(this.#handed ?? []), { to, ...position, anew }].slice(-2);
      },
    });
  }

  /** The topics that the epoch's offsets are of become durable with them. */
  seal(to: Offset, batch: number): Offset {
    const position = this.#handed?.findLast((each) => each.to === to);
    if (position === undefined) return to;
    if (!sameTopics(position.topics, this.#topics ?? new Map())) this.#keepTopics(batch, position.topics, position.anew);
    return to;
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

  #reading(signal: AbortSignal): Omit<RangeReading, "topics"> {
    const { isolation, maxWait, timeout, maxMessageBytes } = this.#settings;
    return { host: this.#context.host, client: this.#client, positions: this.#positions, chunks: new MessageChunks(this.#context.format, maxMessageBytes), loss: this.#loss, options: { isolation, maxWait, timeout }, signal };
  }

  async #plan(from: Offset | undefined, batch: number, ignoreLimits: boolean): Promise<Offset | undefined> {
    const begun = await this.#begin(from);
    // While it is followed, whoever follows keeps the topics.
    const followed = this.#handed;
    if (followed === undefined) this.#topics ??= this.#log.topicsBefore(batch);
    const found = await this.#survey.of(begun, followed?.findLast(({ to }) => to === from)?.topics ?? followed?.at(-1)?.topics ?? this.#topics ?? new Map());
    this.#seen = found.seen;
    const known = new Map([...begun, ...(await this.#newPartitions(found.partitions, begun))]);
    const reached = this.#limited(known, this.#bounded(known, found), ignoreLimits);
    if (reached === undefined || this.#context.stopping.aborted) return from;
    const offsets = new Map([...begun, ...reached, ...found.remade].filter(([key]) => !found.lapsed.has(key)));
    const text = offsetText(offsets);
    if (followed !== undefined) return text === offsetText(begun) ? from : text;
    this.#planned = { text, offsets };
    if (text === offsetText(begun)) return from;
    this.#delay.ran(this.#context.host.clock.monotonic());
    if (!sameTopics(found.topics, this.#topics ?? new Map())) this.#keepTopics(batch, found.topics, found);
    return text;
  }

  /** `anew`: where topics that were made again begin, which the first batch goes on from if it is cut off. */
  #keepTopics(batch: number, topics: TopicIds, anew: Anew | undefined): void {
    const start = [...(this.#log.start ?? []), ...(anew?.remade ?? [])].filter(([key]) => anew?.lapsed.has(key) !== true);
    if (batch === 0) this.#log.begin(new Map(start), topics);
    else this.#log.keepTopics(batch, topics);
    this.#topics = topics;
  }

  /** Where a batch starts: at the query's first, where the options say, which is asked once. */
  async #begin(from: Offset | undefined): Promise<PartitionOffsets> {
    if (from !== undefined) return parseOffset(from);
    const kept = this.#log.start;
    if (kept !== undefined) return kept;
    const { start = { kind: "latest" }, latestWithoutMatch } = this.#settings;
    const there = await this.#subscribed.all(this.#client);
    this.#subscribed.check(there, this.#context.warn);
    const partitions = this.#subscribed.own(there);
    const offsets = await this.#positions.resolve(ownPositions(start, there, partitions), partitions, latestWithoutMatch ? "latest" : "error", this.#loss);
    const topics = await askTopicIds(this.#client, partitions);
    // A query that has ended in the meantime writes nothing more.
    if (!this.#context.stopping.aborted) this.#log.begin(offsets, topics);
    return offsets;
  }

  /** Where partitions begin that were not there before. */
  async #newPartitions(partitions: readonly TopicPartition[], begun: PartitionOffsets): Promise<PartitionOffsets> {
    const added = this.#frozen === undefined ? partitions.filter((partition) => !begun.has(partitionKey(partition))) : partitions.filter((partition) => !begun.has(partitionKey(partition)) && this.#frozen?.has(partitionKey(partition)) === true);
    const earliest = await this.#positions.earliest(added);
    for (const [key, offset] of earliest) if (offset > 0) this.#loss.report(`it is new, and begins at offset ${offset} and not at 0`, partitionWords(partitionOf(key)));
    return earliest;
  }

  /** The ends up to which this run reads. */
  #bounded(known: PartitionOffsets, { ends, remade }: Findings): PartitionOffsets {
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
      // A topic that was made again is read by the next batch. Whatever came before the run ended its planning is behind it.
      bounds.set(key, remade.has(key) ? from : frozen === undefined ? end : Math.max(from, Math.min(end, frozen.get(key) ?? from)));
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
