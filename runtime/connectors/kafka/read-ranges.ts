import type { Chunk } from "../../formats/column-batch.ts";
import type { Host } from "../../host/host.ts";
import { interruptible } from "../../query/interruptible.ts";
import { askingInterval, passingTime } from "./ask-again.ts";
import type { BrokerPositions } from "./broker-positions.ts";
import type { FetchedMessages, FetchOptions, KafkaClient } from "./client/kafka-client.ts";
import { OffsetOutOfRange } from "./client/kafka-errors.ts";
import { partitionKey, partitionWords } from "./client/partition-names.ts";
import type { DataLoss } from "./data-loss.ts";
import type { MessageChunks } from "./message-chunks.ts";
import { partitionOf } from "./partition-offsets.ts";
import type { OffsetRange } from "./split-ranges.ts";
import { askTopicIds, isOtherTopic, type TopicIds } from "./topic-ids.ts";

/** Ranges that are fetched at a time, and bytes that each fetches ahead. */
const fetchesAtATime = 4;
const bytesAhead = 1 << 20;

/** What reading ranges needs. */
export interface RangeReading {
  readonly host: Host;
  readonly client: KafkaClient;
  readonly positions: BrokerPositions;
  readonly chunks: MessageChunks;
  readonly loss: DataLoss;
  /** The topics as they were when the ranges were planned. */
  readonly topics: TopicIds;
  readonly options: Pick<FetchOptions, "isolation" | "maxWait" | "timeout">;
  readonly signal: AbortSignal;
}

/**
 * The messages of ranges, one range after the other, so that the order of a batch's rows does not depend on which broker answers first; the
 * next few ranges are fetched meanwhile. Where messages are gone, `failOnDataLoss` says whether it fails or goes on with the next that there is.
 */
export async function* readRanges(ranges: Iterable<OffsetRange>, reading: RangeReading): AsyncGenerator<Chunk, void, undefined> {
  const open: RangeFetch[] = [];
  const rest = ranges[Symbol.iterator]();
  try {
    for (;;) {
      while (open.length < fetchesAtATime) {
        const range = rest.next();
        if (range.done === true) break;
        open.push(new RangeFetch(range.value, reading));
      }
      const fetch = open[0];
      if (fetch === undefined) return;
      for (let fetched = await fetch.next(); fetched !== undefined; fetched = await fetch.next()) {
        for (const { chunk } of reading.chunks.of(fetched)) yield chunk;
      }
      open.shift();
    }
  } finally {
    await Promise.all(open.map((fetch) => fetch.stop()));
  }
}

/** One range being fetched, from when it is made on. */
class RangeFetch {
  readonly #range: OffsetRange;
  readonly #reading: RangeReading;
  readonly #stopping = new AbortController();
  #at: number;
  /** Since when the broker does not have this offset, by the steady clock. */
  #refused: { readonly at: number; readonly since: number } | undefined;
  #iterator: AsyncIterator<FetchedMessages>;
  /** The answer that was asked for ahead. */
  #ahead: Promise<IteratorResult<FetchedMessages>>;

  constructor(range: OffsetRange, reading: RangeReading) {
    this.#range = range;
    this.#reading = reading;
    this.#at = range.from;
    this.#iterator = this.#open();
    this.#ahead = this.#ask();
  }

  /** The next messages; undefined at the end of the range. */
  async next(): Promise<FetchedMessages | undefined> {
    for (;;) {
      try {
        const { done, value } = await this.#ahead;
        if (done === true) {
          // A client that is interrupted may just end: what came until then is no whole batch.
          this.#reading.signal.throwIfAborted();
          return undefined;
        }
        this.#at = value.next;
        this.#ahead = this.#ask();
        return value;
      } catch (error) {
        if (!(error instanceof OffsetOutOfRange)) throw error;
        const from = await this.#nextAvailable();
        if (from === undefined) return undefined;
        this.#at = from;
        this.#iterator = this.#open();
        this.#ahead = this.#ask();
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error("the reading has ended"));
    // What it comes to, nobody asks for any more.
    await this.#ahead.catch(() => undefined);
    await this.#iterator.return?.().catch(() => undefined);
  }

  #open(): AsyncIterator<FetchedMessages> {
    const { client, options, signal } = this.#reading;
    const range = { ...partitionOf(this.#range.key), from: this.#at, until: this.#range.until };
    return client.fetch([range], { ...options, bytesAhead, signal: AbortSignal.any([signal, this.#stopping.signal]) })[Symbol.asyncIterator]();
  }

  #ask(): Promise<IteratorResult<FetchedMessages>> {
    const asked = this.#iterator.next();
    // It may fail before anyone waits for it.
    asked.catch(() => undefined);
    return asked;
  }

  /**
   * Reports what is gone; gives the next offset of the range that there is, undefined where there is none. A topic that is not there may be one that not all
   * brokers know at the moment: it is asked for again before the range is given up.
   */
  async #nextAvailable(): Promise<number | undefined> {
    const { client, host, loss, positions, signal, topics } = this.#reading;
    const { key, until } = this.#range;
    const partition = partitionOf(key);
    const where = partitionWords(partition);
    const now = host.clock.monotonic();
    if (this.#refused?.at !== this.#at) this.#refused = { at: this.#at, since: now };
    if (isOtherTopic(partition.topic, topics, await interruptible(askTopicIds(client, [partition]), signal))) {
      loss.report(`the topic was deleted and made again before its offsets from ${this.#at} to ${until - 1} were read`, where);
      return undefined;
    }
    const earliest = (await interruptible(positions.earliest([partition]), signal)).get(partitionKey(partition));
    if (earliest !== undefined && earliest > this.#at) {
      const from = Math.min(earliest, until);
      loss.report(`the offsets from ${this.#at} to ${from - 1} are gone`, where);
      return from < until ? from : undefined;
    }
    if (now - this.#refused.since < passingTime) {
      await host.timers.sleep(askingInterval, signal);
      signal.throwIfAborted();
      return this.#at;
    }
    loss.report(earliest === undefined ? "it is gone" : `the offsets from ${this.#at} to ${until - 1} are gone`, where);
    return undefined;
  }
}
