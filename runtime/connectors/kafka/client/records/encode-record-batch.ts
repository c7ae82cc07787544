import { crc32c } from "../../../../checkpoint/crc32c.ts";
import type { Compression, OutgoingMessage } from "../kafka-client.ts";
import { ByteWriter, varintSize } from "./byte-writer.ts";
import { compress, compressionNames } from "./record-codec.ts";

/** Whose batch it is; the broker drops what it has by producer, epoch and sequence. */
export interface BatchProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** The number of the batch's first message in its partition. */
  readonly firstSequence: number;
  readonly transactional: boolean;
}

/** A batch of records (`magic` 2) of one partition. Times are milliseconds in it; `now` stands for those that are not given. */
export async function encodeRecordBatch(messages: readonly OutgoingMessage[], producer: BatchProducer, compression: Compression, now: number): Promise<Uint8Array> {
  const millis = messages.map(({ timestamp }) => (timestamp === undefined ? now : Math.floor(timestamp / 1000)));
  const base = millis[0] ?? now;
  const records = new ByteWriter(256 + messages.reduce((sum, message) => sum + roughSize(message), 0));
  const names = new HeaderNames();
  messages.forEach((message, index) => {
    writeRecord(records, message, names, index, (millis[index] ?? now) - base);
  });
  const body = await compress(compression, records.written());
  const batch = new ByteWriter(61 + body.length);
  batch.int64(0);
  batch.int32(61 - 12 + body.length);
  batch.int32(-1);
  batch.int8(2);
  batch.int32(0);
  batch.int16(compressionNames.indexOf(compression) | (producer.transactional ? 16 : 0));
  batch.int32(messages.length - 1);
  batch.int64(base);
  batch.int64(millis.reduce((most, each) => Math.max(most, each), base));
  batch.int64(producer.producerId);
  batch.int16(producer.producerEpoch);
  batch.int32(producer.firstSequence);
  batch.int32(messages.length);
  batch.bytes(body);
  const bytes = batch.written();
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(17, crc32c(bytes, 21));
  return bytes;
}

/** About the bytes that a message takes in a batch, and never fewer. */
export function roughSize(message: OutgoingMessage): number {
  let size = 32 + (message.key?.length ?? 0) + (message.value?.length ?? 0);
  for (const header of message.headers) size += 10 + header.key.length * 3 + (header.value?.length ?? 0);
  return size;
}

const utf8 = new TextEncoder();

/** The bytes of headers' names: a batch has the same few of them in all of its messages. */
class HeaderNames {
  readonly #known = new Map<string, Uint8Array>();

  bytesOf(name: string): Uint8Array {
    let bytes = this.#known.get(name);
    if (bytes === undefined) this.#known.set(name, (bytes = utf8.encode(name)));
    return bytes;
  }
}

function writeRecord(out: ByteWriter, message: OutgoingMessage, names: HeaderNames, index: number, delta: number): void {
  const { headers } = message;
  let length = 1 + varintSize(delta) + varintSize(index) + bytesSize(message.key) + bytesSize(message.value) + varintSize(headers.length);
  for (const { key, value } of headers) length += bytesSize(names.bytesOf(key)) + bytesSize(value);
  out.varint(length);
  out.int8(0);
  out.varint(delta);
  out.varint(index);
  out.varintBytes(message.key);
  out.varintBytes(message.value);
  out.varint(headers.length);
  for (const { key, value } of headers) {
    out.varintBytes(names.bytesOf(key));
    out.varintBytes(value);
  }
}

function bytesSize(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintSize(bytes.length) + bytes.length;
}
