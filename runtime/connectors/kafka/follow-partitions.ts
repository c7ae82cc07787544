import type { Chunk } from "../../formats/column-batch.ts";
import type { Host } from "../../host/host.ts";
import type { Offset } from "../source.ts";
import { OffsetOutOfRange } from "./client/kafka-errors.ts";
import { partitionWords } from "./data-loss.ts";
import type { KafkaEnds } from "./kafka-ends.ts";
import { offsetText, partitionKey, partitionOf, type PartitionOffsets } from "./partition-offsets.ts";
import type { RangeReading } from "./read-ranges.ts";

/** Milliseconds between two looks for partitions that are new. */
const discoveryInterval = 10_000;

/** Milliseconds that a broker may wait for more: a message that comes ends the wait. */
const followWait = 200;

const bytesAhead = 1 << 20;

interface Following extends RangeReading {
  readonly host: Host;
  readonly ends: KafkaEnds;
}

/** Messages of all partitions as they come, each chunk with the position behind it; partitions that come later are taken up from their beginning. */
export async function* followPartitions(begin: () => Promise<PartitionOffsets>, following: Following): AsyncGenerator<{ readonly chunk: Chunk; readonly to: Offset }, void, undefined> {
  const { host, ends, signal, client, chunks, options } = following;
  const offsets = new Map(await begin());
  while (!signal.aborted) {
    await takeUp(offsets, following);
    const round = new AbortController();
    const either = AbortSignal.any([signal, round.signal]);
    const found = [...offsets.keys()].length;
    const watching = watch(host, ends, offsets, round, signal);
    try {
      if (found === 0) await host.timers.sleep(discoveryInterval, either);
      else {
        const ranges = [...offsets].map(([key, from]) => ({ ...partitionOf(key), from }));
        for await (const fetched of client.fetch(ranges, { ...options, maxWait: followWait, bytesAhead, signal: either })) {
          const key = partitionKey(fetched);
          for (const { chunk, next } of chunks.of(fetched)) {
            offsets.set(key, next);
            yield { chunk, to: offsetText(offsets) };
          }
          if (offsets.get(key) === fetched.next) continue;
          offsets.set(key, fetched.next);
          yield { chunk: emptyChunk(fetched.topic, fetched.partition, fetched.next), to: offsetText(offsets) };
        }
      }
    } catch (error) {
      if (error instanceof OffsetOutOfRange) await goOn(error, offsets, following);
      else if (!either.aborted) throw error;
    } finally {
      round.abort(new Error("the partitions are looked for anew"));
      await watching;
    }
  }
}

/** Offsets that are nothing but marks and aborted messages also pass. */
function emptyChunk(topic: string, partition: number, offset: number): Chunk {
  return { bytes: new Uint8Array(64), start: 0, end: 0, origin: partitionWords({ topic, partition }), offset, messages: { topic, partition, messages: [], starts: new Int32Array(0) } };
}

/** Takes up the partitions that are new, and lets go of those that are gone. */
async function takeUp(offsets: Map<string, number>, { ends, positions, loss }: Following): Promise<void> {
  const now = await ends.now();
  for (const [key, offset] of [...offsets]) {
    if (now.offsets.has(key)) continue;
    loss.report(`it is gone, after it was read up to offset ${offset}`, partitionWords(partitionOf(key)));
    offsets.delete(key);
  }
  const added = now.partitions.filter((partition) => !offsets.has(partitionKey(partition)));
  for (const [key, offset] of await positions.earliest(added)) {
    if (offset > 0) loss.report(`it is new, and begins at offset ${offset} and not at 0`, partitionWords(partitionOf(key)));
    offsets.set(key, offset);
  }
}

/** Ends the round when there are partitions that it does not read. */
async function watch(host: Host, ends: KafkaEnds, offsets: PartitionOffsets, round: AbortController, signal: AbortSignal): Promise<void> {
  while (!round.signal.aborted && !signal.aborted) {
    await host.timers.sleep(discoveryInterval, AbortSignal.any([signal, round.signal]));
    if (round.signal.aborted || signal.aborted) return;
    const now = await ends.now().catch(() => undefined);
    if (now !== undefined && (now.offsets.size !== offsets.size || [...now.offsets.keys()].some((key) => !offsets.has(key)))) round.abort(new Error("there are other partitions"));
  }
}

async function goOn({ topic, partition, offset }: OffsetOutOfRange, offsets: Map<string, number>, { positions, loss }: Following): Promise<void> {
  const where = { topic, partition };
  const key = partitionKey(where);
  const earliest = (await positions.earliest([where])).get(key);
  const latest = (await positions.latest([where])).get(key);
  if (earliest === undefined || latest === undefined) return;
  if (earliest > offset) loss.report(`the offsets from ${offset} to ${earliest - 1} are gone`, partitionWords(where));
  else loss.report(`it ends at offset ${latest}, and was read up to ${offset}`, partitionWords(where));
  offsets.set(key, earliest > offset ? earliest : latest);
}
