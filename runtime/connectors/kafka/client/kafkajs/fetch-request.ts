import type { Isolation, TopicPartition } from "../kafka-client.ts";
import { partitionWords } from "../partition-names.ts";
import type { ByteReader } from "../records/byte-reader.ts";
import { ByteWriter } from "../records/byte-writer.ts";
import { decodeRecordBatches, type AbortedTransaction, type DecodedRecords } from "../records/decode-record-batches.ts";
import type { RawRequest } from "./node-table.ts";

export interface FetchPlace extends TopicPartition {
  /** The offset to read from. */
  readonly next: number;
  /** Behind which nothing is wanted. */
  readonly until: number;
}

export interface FetchedPartition extends TopicPartition, DecodedRecords {
  readonly errorCode: number;
  /** Where what may be seen ends: the last stable offset, or the high watermark. */
  readonly end: number;
}

export interface FetchBounds {
  readonly isolation: Isolation;
  /** Milliseconds that the broker may wait for a message. */
  readonly maxWait: number;
  /** Milliseconds that it has beside them to answer, where they are not those of every request. */
  readonly timeout?: number | undefined;
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
  /** Bytes of messages, decompressed, after which what else the broker sent is left: it is asked for again. */
  readonly mostSize: number;
}

/** The newest form of the request that is not compact; brokers know it since 2.3. */
const version = 11;

/** Asks for messages of partitions that one broker leads. */
export function fetchRequest(places: readonly FetchPlace[], bounds: FetchBounds): RawRequest<readonly FetchedPartition[]> {
  const out = new ByteWriter(64 + places.length * 64);
  out.int32(-1);
  out.int32(bounds.maxWait);
  out.int32(1);
  out.int32(bounds.maxBytes);
  out.int8(bounds.isolation === "read_committed" ? 1 : 0);
  // No session: each request says all of its partitions.
  out.int32(0);
  out.int32(-1);
  out.int32(places.length);
  for (const { topic, partition, next } of places) {
    out.string(topic);
    out.int32(1);
    out.int32(partition);
    out.int32(-1);
    out.int64(next);
    out.int64(-1);
    out.int32(bounds.maxPartitionBytes);
  }
  out.int32(0);
  out.string("");
  return { name: "Fetch", version, body: out.written(), wait: bounds.maxWait, timeout: bounds.timeout, decode: (reader) => decodeFetched(reader, places, bounds) };
}

async function decodeFetched(reader: ByteReader, places: readonly FetchPlace[], { isolation, mostSize }: FetchBounds): Promise<readonly FetchedPartition[]> {
  reader.int32();
  const errorCode = reader.int16();
  reader.int32();
  if (errorCode !== 0) return places.map(({ topic, partition }) => ({ topic, partition, errorCode, end: -1, messages: [], next: undefined, size: 0, taken: 0 }));
  const fetched: FetchedPartition[] = [];
  let left = mostSize;
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string();
    for (let partitions = reader.int32(); partitions > 0; partitions--) {
      const decoded = await decodePartition(reader, topic, places, isolation, left);
      left -= decoded.size;
      fetched.push(decoded);
    }
  }
  return fetched;
}

async function decodePartition(reader: ByteReader, topic: string, places: readonly FetchPlace[], isolation: Isolation, mostSize: number): Promise<FetchedPartition> {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  reader.int64();
  const aborted: AbortedTransaction[] = [];
  for (let count = reader.int32(); count > 0; count--) aborted.push({ producerId: reader.int64(), firstOffset: reader.int64() });
  reader.int32();
  const records = reader.take(Math.max(0, reader.int32()));
  const { next = 0, until = 0 } = places.find((place) => place.topic === topic && place.partition === partition) ?? {};
  const decoded = await decodeRecordBatches(records, next, until, isolation === "read_committed" ? aborted : [], partitionWords({ topic, partition }), mostSize);
  return { topic, partition, errorCode, end: isolation === "read_committed" ? lastStableOffset : highWatermark, ...decoded };
}
