import type { TopicPartition } from "../kafka-client.ts";
import type { ByteReader } from "../records/byte-reader.ts";
import { ByteWriter } from "../records/byte-writer.ts";
import type { RawRequest } from "./node-table.ts";

export interface EncodedBatch extends TopicPartition {
  readonly bytes: Uint8Array;
}

export interface ProducedBatch extends TopicPartition {
  readonly errorCode: number;
}

/** The first form that knows zstd; brokers know it since 2.1. */
const version = 7;

/** Sends one batch for each of some partitions that one broker leads, and asks for an answer when all replicas in sync have them. */
export function produceRequest(transactionalId: string | null, timeout: number, batches: readonly EncodedBatch[]): RawRequest<readonly ProducedBatch[]> {
  const out = new ByteWriter(64 + batches.reduce((sum, { topic, bytes }) => sum + bytes.length + topic.length * 3 + 16, 0));
  out.string(transactionalId);
  out.int16(-1);
  out.int32(timeout);
  out.int32(batches.length);
  for (const { topic, partition, bytes } of batches) {
    out.string(topic);
    out.int32(1);
    out.int32(partition);
    out.int32(bytes.length);
    out.bytes(bytes);
  }
  return { name: "Produce", version, body: out.written(), decode: producedOf };
}

function producedOf(reader: ByteReader): readonly ProducedBatch[] {
  const produced: ProducedBatch[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string();
    for (let partitions = reader.int32(); partitions > 0; partitions--) {
      produced.push({ topic, partition: reader.int32(), errorCode: reader.int16() });
      // The offset, the time and the start of the log.
      reader.at += 24;
    }
  }
  return produced;
}
