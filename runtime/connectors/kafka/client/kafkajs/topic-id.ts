import type { ByteReader } from "../records/byte-reader.ts";
import { ByteWriter } from "../records/byte-writer.ts";
import type { RawRequest } from "./node-table.ts";

/** The oldest form of metadata that has ids which can be asked for by name and is still asked for (Kafka 3.1). */
export const topicIdVersion = 12;

/** Asks for a topic's id, as 32 hexadecimal digits; undefined where there is no such topic. kafkajs does not know the compact forms. */
export function topicIdRequest(topic: string): RawRequest<string | undefined> {
  const name = new TextEncoder().encode(topic);
  const out = new ByteWriter();
  // The head of a compact request ends in its tags: none.
  out.unsignedVarint(0);
  out.unsignedVarint(2);
  out.bytes(new Uint8Array(16));
  out.unsignedVarint(name.length + 1);
  out.bytes(name);
  out.unsignedVarint(0);
  // Nothing is created, and rights are not asked for.
  out.int8(0);
  out.int8(0);
  out.unsignedVarint(0);
  return { name: "Metadata", version: topicIdVersion, body: out.written(), decode: topicIdOf };
}

function topicIdOf(reader: ByteReader): string | undefined {
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
  if (reader.unsignedVarint() < 2) return undefined;
  const errorCode = reader.int16();
  compactBytes(reader);
  const id = [...reader.take(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return errorCode !== 0 || /^0+$/.test(id) ? undefined : id;
}

function compactBytes(reader: ByteReader): void {
  reader.take(Math.max(0, reader.unsignedVarint() - 1));
}

function skipTags(reader: ByteReader): void {
  for (let tags = reader.unsignedVarint(); tags > 0; tags--) {
    reader.unsignedVarint();
    reader.take(reader.unsignedVarint());
  }
}
