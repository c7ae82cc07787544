import type { Chunk } from "../../formats/column-batch.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { FollowedChunk, Offset } from "../source.ts";
import { askingInterval } from "./ask-again.ts";
import { OffsetOutOfRange } from "./client/kafka-errors.ts";
import { partitionKey, partitionWords } from "./client/partition-names.ts";
import type { KafkaEnds } from "./kafka-ends.ts";
import { inOrder, offsetText, partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import type { RangeReading } from "./read-ranges.ts";
import type { Findings, Survey } from "./survey.ts";
import { isOtherTopic, type TopicIds } from "./topic-ids.ts";

/** Milliseconds between two looks for partitions that are new, and for topics that were made anew. */
const discoveryInterval = 10_000;

/** Milliseconds that a broker may wait for more: a message that comes ends the wait. */
const followWait = 200;

const bytesAhead = 1 << 20;

/** A position, and the topics that its offsets are of. */
export interface FollowedPosition {
  readonly offsets: PartitionOffsets;
  readonly topics: TopicIds;
}

/** Partitions of topics that were made again: where they begin, and those that the topics no longer have. */
export type Anew = Pick<Findings, "remade" | "lapsed">;

export interface Following extends Omit<RangeReading, "topics"> {
  readonly ends: KafkaEnds;
  readonly survey: Survey;
  /** Hears of each position before it is handed on. `anew`: what it begins anew with, because topics were made again. */
  onPosition(to: Offset, position: FollowedPosition, anew: Anew | undefined): void;
}

/**
 * Messages of all partitions as they come, each chunk with the position behind it; partitions that come later are taken up from their beginning. What has vanished
 * keeps its offset, for when it comes back. Ends when the signal fires, whatever is being waited for then.
 */
export async function* followPartitions(begin: () => Promise<FollowedPosition>, following: Following): AsyncGenerator<FollowedChunk, void, undefined> {
  const { signal } = following;
  try {
    yield* rounds(await interruptible(begin(), signal), following);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function* rounds(begun: FollowedPosition, following: Following): AsyncGenerator<FollowedChunk, void, undefined> {
  const { host, signal, client, chunks, options } = following;
  const offsets = new Map(begun.offsets);
  let { topics } = begun;
  let refused: string | undefined;
  const handedOn = (chunk: Chunk, anew?: Anew): FollowedChunk => {
    const to = offsetText(offsets);
    following.onPosition(to, { offsets: new Map(offsets), topics }, anew);
    // What is read of a topic's next life is in another epoch: an epoch that is run again reads from one offset up to another.
    return anew === undefined ? { chunk, to } : { chunk, to, endsEpoch: true };
  };
  while (!signal.aborted) {
    const taken = await interruptible(takeUp(offsets, topics, refused, following), signal);
    topics = taken.topics;
    refused = undefined;
    if (taken.changed !== undefined) yield handedOn(emptyChunk(taken.changed, offsets.get(taken.changed) ?? 0), taken.anew);
    const round = new AbortController();
    const either = AbortSignal.any([signal, round.signal]);
    const watching = watch(offsets, taken, round, either, following);
    try {
      if (taken.readable.size === 0) await host.timers.sleep(discoveryInterval, either);
      else {
        const ranges = [...offsets].flatMap(([key, from]) => (taken.readable.has(key) ? [{ ...partitionOf(key), from }] : []));
        for await (const fetched of client.fetch(ranges, { ...options, maxWait: followWait, bytesAhead, signal: either })) {
          const key = partitionKey(fetched);
          for (const { chunk, next } of chunks.of(fetched)) {
            offsets.set(key, next);
            yield handedOn(chunk);
          }
          if (offsets.get(key) === fetched.next) continue;
          offsets.set(key, fetched.next);
          yield handedOn(emptyChunk(key, fetched.next));
        }
      }
    } catch (error) {
      if (error instanceof OffsetOutOfRange) refused = partitionKey(error);
      else if (!either.aborted) throw error;
    } finally {
      round.abort(new Error("the partitions are looked for anew"));
      await watching;
    }
  }
}

/** Offsets that are nothing but marks and aborted messages also pass, and partitions that have no message yet. */
function emptyChunk(key: string, offset: number): Chunk {
  const { topic, partition } = partitionOf(key);
  return { bytes: new Uint8Array(64), start: 0, end: 0, origin: partitionWords({ topic, partition }), offset, messages: { topic, partition, messages: [], starts: new Int32Array(0) } };
}

interface TakenUp {
  readonly topics: TopicIds;
  readonly readable: ReadonlySet<string>;
  /** One of the partitions whose offset is another now, or is new. */
  readonly changed: string | undefined;
  readonly anew: Anew | undefined;
}

/** Takes up the partitions that are new, and begins anew with topics that were made again. `refused`: the partition whose offset a broker did not have. */
async function takeUp(offsets: Map<string, number>, topics: TopicIds, refused: string | undefined, { host, loss, positions, signal, survey }: Following): Promise<TakenUp> {
  const found = await survey.of(offsets, topics);
  const changed = new Set<string>();
  const move = (key: string, offset: number): void => {
    if (offsets.get(key) !== offset) changed.add(key);
    offsets.set(key, offset);
  };
  const added = await positions.earliest(found.partitions.filter((partition) => !offsets.has(partitionKey(partition))));
  const wasRefused = refused !== undefined && offsets.has(refused) && found.readable.has(refused) && !found.remade.has(refused);
  const kept = wasRefused ? await positions.earliest([partitionOf(refused)]) : undefined;
  // Nothing is waited for from here on: a position is whole.
  for (const [key, offset] of found.remade) move(key, offset);
  for (const key of found.lapsed) if (offsets.delete(key)) changed.add(key);
  const anew = changed.size > 0 ? found : undefined;
  for (const [key, offset] of added) {
    if (offset > 0) loss.report(`it is new, and begins at offset ${offset} and not at 0`, partitionWords(partitionOf(key)));
    move(key, offset);
  }
  for (const [key, offset] of kept ?? []) {
    const before = offsets.get(key) ?? 0;
    if (offset <= before) continue;
    loss.report(`the offsets from ${before} to ${offset - 1} are gone`, partitionWords(partitionOf(key)));
    move(key, offset);
  }
  // A broker that refused for no reason that can be seen is not asked without a pause.
  if (refused !== undefined && changed.size === 0) await host.timers.sleep(askingInterval, signal);
  const first = inOrder(changed)[0];
  return { topics: found.topics, readable: new Set([...found.readable].filter((key) => offsets.has(key))), changed: first, anew };
}

/** Ends the round when there are partitions that it does not read, or topics that are others than those that it reads. */
async function watch(offsets: PartitionOffsets, { readable, topics }: TakenUp, round: AbortController, either: AbortSignal, { host, ends }: Following): Promise<void> {
  while (!either.aborted) {
    await host.timers.sleep(discoveryInterval, either);
    if (either.aborted) return;
    try {
      const now = await interruptible(ends.withTopics(), either);
      const isOther = [...now.topics.keys()].some((topic) => isOtherTopic(topic, topics, now.topics));
      const isMore = [...now.offsets].some(([key, end]) => !readable.has(key) && end >= (offsets.get(key) ?? 0));
      if (isOther || isMore) round.abort(new Error("there are other partitions"));
    } catch {
      // Whoever reads meets the error, and says it.
    }
  }
}
