import type { ByteReader } from "../records/byte-reader.ts";
import { ByteWriter } from "../records/byte-writer.ts";
import type { RawRequest } from "./node-table.ts";

/** The oldest form of metadata that has ids which can be asked for by name and is still asked for (Kafka 3.1). */
export const topicIdsVersion = 12;

/** Asks for topics' ids, as 32 hexadecimal digits each; a topic that is not there has none. kafkajs does not know the compact forms. */
export function topicIdsRequest(topics: readonly string[]): RawRequest<ReadonlyMap<string, string>> {
  const out = new ByteWriter();
  // The head of a compact request ends in its tags: none.
  out.unsignedVarint(0);
  out.unsignedVarint(topics.length + 1);
  for (const topic of topics) {
    const name = new TextEncoder().encode(topic);
    out.bytes(new Uint8Array(16));
    out.unsignedVarint(name.length + 1);
    out.bytes(name);
    out.unsignedVarint(0);
  }
  // Nothing is created, and rights are not asked for.
  out.int8(0);
  out.int8(0);
  out.unsignedVarint(0);
  return { name: "Metadata", version: topicIdsVersion, body: out.written(), decode: topicIdsOf };
}

function topicIdsOf(reader: ByteReader): ReadonlyMap<string, string> {
  skipTags(reader);
  reader.int32();
  for (let brokers = reader.unsignedVarint() - 1; brokers > 0; brokers--) {
    reader.int32();
    compactBytes(reader);
    reader.int32();
    compactBytes(reader);
    skipTags(reader);
  }
  compactBytes(reader);
  reader.int32();
  const ids = new Map<string, string>();
  for (let topics = reader.unsignedVarint() - 1; topics > 0; topics--) {
    const errorCode = reader.int16();
    const name = new TextDecoder().decode(compactBytes(reader));
    const id = [...reader.take(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (errorCode === 0 && !/^0+$/.test(id)) ids.set(name, id);
    skipPartitions(reader);
    skipTags(reader);
  }
  return ids;
}

/** What stands behind a topic's id: whether it is the brokers' own, its partitions, and what may be done with it. */
function skipPartitions(reader: ByteReader): void {
  reader.int8();
  for (let partitions = reader.unsignedVarint() - 1; partitions > 0; partitions--) {
    // The error, the number, the leader and its epoch.
    reader.take(2 + 4 + 4 + 4);
    // The replicas, those in sync, and those that are away.
    for (let lists = 0; lists < 3; lists++) reader.take(4 * Math.max(0, reader.unsignedVarint() - 1));
    skipTags(reader);
  }
  reader.int32();
}

function compactBytes(reader: ByteReader): Uint8Array {
  return reader.take(Math.max(0, reader.unsignedVarint() - 1));
}

function skipTags(reader: ByteReader): void {
  for (let tags = reader.unsignedVarint(); tags > 0; tags--) {
    reader.unsignedVarint();
    reader.take(reader.unsignedVarint());
  }
}
