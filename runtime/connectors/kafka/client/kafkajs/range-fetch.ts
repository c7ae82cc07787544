import type { FetchedMessages, FetchOptions, FetchRange } from "../kafka-client.ts";
import { OffsetOutOfRange } from "../kafka-errors.ts";
import { partitionWords } from "../partition-names.ts";
import { byLeader } from "./by-leader.ts";
import { fetchRequest, type FetchedPartition } from "./fetch-request.ts";
import { isCompacted } from "./is-compacted.ts";
import type { NodeTable } from "./node-table.ts";
import type { Patience } from "./patience.ts";
import type { Presence } from "./presence.ts";
import { errorCodes, notLeading } from "./protocol-error.ts";

/** How far a range is. */
interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly until: number;
  next: number;
  /** Nothing came although the partition goes on behind `until`: it is asked for once more by itself, so that others cannot have taken its room. */
  alone: boolean;
  /** Since when (milliseconds since the epoch), and in how many answers, nothing has come although it is asked for by itself. */
  empty: { readonly since: number; readonly answers: number } | undefined;
}

/** A message that is larger still arrives: a broker always sends one batch. */
const maxPartitionBytes = 1 << 20;
const leastBytes = 1 << 16;
/** Until the first messages show it. */
const assumedGrowth = 4;
/** What an object of a message takes beside its bytes. */
const bytesAnObject = 200;
/** Milliseconds for which a topic that is not there may be one that not all brokers know yet. */
const patienceForTopics = 1500;

/** Milliseconds for which a partition that goes on behind a range may give nothing (remote storage is slow, a quota is used up) before it is asked whether the rest is a gap, and between two requests meanwhile. */
const patienceForGaps = 5000;
const gapPause = 100;
/** A clock may jump. */
const leastAnswers = 5;

/** Reads ranges of partitions from their leaders, one request at a time to each, as long as what waits to be taken has room. */
export class RangeFetch {
  readonly #nodes: NodeTable;
  readonly #patience: Patience;
  readonly #presence: Presence;
  readonly #options: FetchOptions;
  readonly #places: readonly Place[];
  readonly #waiting: { readonly fetched: FetchedMessages; readonly size: number }[] = [];
  #bytesWaiting = 0;
  /** How many bytes of messages came of one that a broker sent, most lately: compressed messages are asked for by less. */
  #growth = assumedGrowth;
  #stopped = false;
  #ended: { readonly error: unknown } | undefined;
  /** A leader has moved or a broker is gone: all requests end, and metadata are asked anew. */
  #stale = false;
  /** Until something was refused, metadata that a reading before this one asked for may do. */
  #mayBeRecent = true;
  #missingSince: number | undefined;
  #wake: () => void = () => undefined;
  #changed: Promise<void>;

  constructor(nodes: NodeTable, patience: Patience, presence: Presence, ranges: readonly FetchRange[], options: FetchOptions) {
    this.#nodes = nodes;
    this.#patience = patience;
    this.#presence = presence;
    this.#options = options;
    this.#places = ranges.map(({ topic, partition, from, until = Infinity }) => ({ topic, partition, until, next: from, alone: false, empty: undefined }));
    this.#changed = this.#nextChange();
  }

  /** What is fetched, as it comes. `over` is told when the last request is answered, which may be later than the end of this. */
  async *messages(over: () => void): AsyncGenerator<FetchedMessages> {
    const { signal } = this.#options;
    const stop = (): void => {
      this.#stopped = true;
      this.#signal();
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    this.#run().then(
      () => {
        this.#end(undefined);
        over();
      },
      (error: unknown) => {
        this.#end(error);
        over();
      },
    );
    try {
      while (!this.#stopped) {
        const taken = this.#waiting.shift();
        if (taken !== undefined) {
          this.#bytesWaiting -= taken.size;
          this.#signal();
          yield taken.fetched;
        } else if (this.#ended !== undefined) {
          if (this.#ended.error !== undefined) throw this.#ended.error;
          return;
        } else {
          await this.#changed;
        }
      }
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  async #run(): Promise<void> {
    await this.#patience.with(async () => {
      while (this.#unfinished().length > 0 && !this.#stopped) {
        this.#stale = false;
        const ends = await Promise.allSettled([...(await this.#leaders())].map(([leader, places]) => this.#follow(leader, places)));
        for (const end of ends) if (end.status === "rejected") throw end.reason;
      }
    }, { until: this.#options.signal });
  }

  /** The unfinished places by the number of their leader. */
  async #leaders(): Promise<ReadonlyMap<number, readonly Place[]>> {
    const unfinished = this.#unfinished();
    const topics = [...new Set(unfinished.map(({ topic }) => topic))];
    const metadata = this.#mayBeRecent ? await this.#nodes.recentMetadata(topics) : await this.#nodes.metadata(topics);
    this.#mayBeRecent = false;
    this.#presence.back();
    const { leaders, missing: [missing] } = byLeader(this.#nodes, metadata, unfinished);
    if (missing !== undefined) this.#isMissing(missing);
    this.#missingSince = undefined;
    return leaders;
  }

  #isMissing(place: Place): never {
    const now = this.#nodes.library.now();
    this.#missingSince ??= now;
    if (now - this.#missingSince > patienceForTopics) throw new OffsetOutOfRange(place, place.next, "the topic or its partition is not there");
    throw this.#nodes.errorOf(errorCodes.leaderNotAvailable, `topic ${place.topic}`);
  }

  async #follow(leader: number, places: readonly Place[]): Promise<void> {
    try {
      const broker = await this.#nodes.node(leader);
      for (let turn = 0; ; turn++) {
        while (this.#bytesWaiting >= this.#options.bytesAhead && !this.#stopped) await this.#changed;
        const open = places.filter(({ next, until }) => next < until);
        if (open.length === 0 || this.#stopped || this.#stale) return;
        const alone = open.find((place) => place.alone);
        const first = turn % open.length;
        const asked = alone === undefined ? [...open.slice(first), ...open.slice(0, first)] : [alone];
        const room = Math.max(leastBytes, this.#options.bytesAhead - this.#bytesWaiting);
        const maxBytes = Math.max(leastBytes, Math.ceil(room / this.#growth));
        const fetched = await this.#nodes.askRaw(broker, fetchRequest(asked, { isolation: this.#options.isolation, maxWait: this.#options.maxWait, timeout: this.#options.timeout, maxBytes, maxPartitionBytes: Math.min(maxBytes, maxPartitionBytes), mostSize: room }));
        this.#presence.back();
        for (const partition of fetched) this.#take(partition, asked);
        if (alone !== undefined) await this.#askForGap(alone);
        const taken = fetched.reduce((sum, partition) => sum + partition.taken, 0);
        if (taken > 0) this.#growth = Math.max(1, fetched.reduce((sum, partition) => sum + partition.size, 0) / taken);
      }
    } catch (error) {
      this.#stale = true;
      for (const place of places) place.empty = undefined;
      this.#signal();
      throw error;
    }
  }

  #take(fetched: FetchedPartition, asked: readonly Place[]): void {
    const place = asked.find(({ topic, partition }) => topic === fetched.topic && partition === fetched.partition);
    if (place === undefined) return;
    const { errorCode, messages, size } = fetched;
    if (errorCode === errorCodes.offsetOutOfRange) throw new OffsetOutOfRange(place, place.next);
    // Who reads without end would be given the messages of the next topic of this name.
    if (errorCode === errorCodes.unknownTopic && place.until === Infinity) throw new OffsetOutOfRange(place, place.next, "the topic or its partition is not there");
    if (errorCode === errorCodes.unknownTopic) throw notLeading(place);
    this.#nodes.check(errorCode, partitionWords(place));
    this.#presence.found(partitionWords(place));
    const { next } = fetched;
    if (next === undefined && fetched.end >= place.until) place.alone = true;
    if (next === undefined || next <= place.next) return;
    place.empty = undefined;
    this.#goOn(place, next, messages, size);
  }

  /** A place that was asked for by itself: where nothing has come for long, its range has no more messages if the topic is compacted. Anything else is a loss. */
  async #askForGap(place: Place): Promise<void> {
    if (!place.alone || place.next >= place.until) return;
    const now = this.#nodes.library.now();
    place.empty = { since: place.empty?.since ?? now, answers: (place.empty?.answers ?? 0) + 1 };
    if (now - place.empty.since < patienceForGaps || place.empty.answers < leastAnswers) {
      await this.#patience.sleep(gapPause, this.#options.signal);
      return;
    }
    const isExplained = await isCompacted(this.#nodes, place.topic);
    if (this.#stopped) return;
    if (isExplained === true) return this.#goOn(place, place.until, [], 0);
    throw new OffsetOutOfRange(place, place.next, `the broker gives no message from here on, although the partition goes on to offset ${place.until}${isExplained === undefined ? ", and does not say whether the topic is compacted" : " and the topic is not compacted"}`);
  }

  #goOn(place: Place, next: number, messages: FetchedMessages["messages"], size: number): void {
    place.alone = false;
    place.next = Math.min(next, place.until);
    const bytes = size + messages.length * bytesAnObject;
    this.#waiting.push({ fetched: { topic: place.topic, partition: place.partition, messages, next: place.next }, size: bytes });
    this.#bytesWaiting += bytes;
    this.#signal();
  }

  #unfinished(): readonly Place[] {
    return this.#places.filter(({ next, until }) => next < until);
  }

  #end(error: unknown): void {
    this.#ended = { error };
    this.#signal();
  }

  #signal(): void {
    const wake = this.#wake;
    this.#changed = this.#nextChange();
    wake();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
