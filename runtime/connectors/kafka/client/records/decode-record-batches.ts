import type { Message, MessageHeader } from "../../../../formats/chunk-messages.ts";
import { crc32c } from "../../../../checkpoint/crc32c.ts";
import { corruptMessages } from "../kafka-errors.ts";
import { ByteReader } from "./byte-reader.ts";
import { compressionNames, decompress } from "./record-codec.ts";

/** A transaction that was aborted, as a broker lists it with the messages: those of this producer from here to its mark are not to be seen. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface DecodedRecords {
  readonly messages: readonly Message[];
  /** Behind the last complete batch, with its marks, aborted messages and gaps; undefined where no batch is complete. */
  readonly next: number | undefined;
  /** Bytes of the messages, decompressed. */
  readonly size: number;
  /** Bytes that the batches have which were looked into, as they came. */
  readonly taken: number;
}

/** Bytes of a batch up to the end of its length, and up to its records. */
const lengthEnd = 12;
const recordsStart = 61;
const abortMark = 0;

/**
 * The messages of batches of records (`magic` 2), of `[from, until)`, without those of aborted transactions and without marks. Batches behind `until` are not looked into, nor any more once
 * the messages have `mostSize` bytes: what is compressed well would take the memory of many times its bytes. A batch that is cut off at the end is left
 * out: the broker sends it again. Headers keep their order and their repeats. Fails with R7708 where a checksum or a length is wrong or the form is older than Kafka 0.11.
 */
export async function decodeRecordBatches(bytes: Uint8Array, from: number, until: number, aborted: readonly AbortedTransaction[], where: string, mostSize = Infinity): Promise<DecodedRecords> {
  const messages: Message[] = [];
  const waiting = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const hidden = new Set<number>();
  let next: number | undefined;
  let size = 0;
  const reader = new ByteReader(bytes);
  while (reader.left >= recordsStart && size < mostSize) {
    const start = reader.at;
    const baseOffset = reader.int64();
    const end = start + lengthEnd + reader.int32();
    if (baseOffset >= until) {
      next = baseOffset;
      break;
    }
    if (end < start + recordsStart) throw corruptMessages(`${where}, offset ${baseOffset}`, "are in a batch that is shorter than its head");
    if (end > bytes.length) break;
    const batch = headOf(reader, bytes, baseOffset, end, `${where}, offset ${baseOffset}`);
    reader.at = end;
    if (batch.lastOffset < from) continue;
    next = batch.lastOffset + 1;
    while (waiting[0] !== undefined && waiting[0].firstOffset <= batch.lastOffset) hidden.add(waiting.shift()?.producerId ?? -1);
    if (batch.control) {
      if (isAbort(batch.records)) hidden.delete(batch.producerId);
      continue;
    }
    if (batch.transactional && hidden.has(batch.producerId)) continue;
    const records = batch.compression === "none" ? batch.records : await decompress(batch.compression, batch.records, `${where}, offset ${baseOffset}`);
    size += records.length;
    if (!readRecords(new ByteReader(records), batch, from, until, messages)) throw corruptMessages(`${where}, offset ${baseOffset}`, "go beyond the end of their batch");
  }
  return { messages, next, size, taken: reader.at };
}

type Batch = ReturnType<typeof headOf>;

function headOf(reader: ByteReader, bytes: Uint8Array, baseOffset: number, end: number, where: string) {
  reader.at += 4;
  const magic = reader.int8();
  if (magic !== 2) throw corruptMessages(where, `have the old form ${magic}, which brokers no longer write`);
  const checksum = reader.uint32();
  if (crc32c(bytes, reader.at, end) !== checksum) throw corruptMessages(where, "have a wrong checksum");
  const attributes = reader.int16();
  const lastOffset = baseOffset + reader.int32();
  const baseTimestamp = reader.int64();
  const maxTimestamp = reader.int64();
  const producerId = reader.int64();
  reader.at += 6;
  const count = reader.int32();
  const compression = compressionNames[attributes & 7];
  if (compression === undefined) throw corruptMessages(where, `have a compression that nobody knows (${attributes & 7})`);
  const timestampType = (attributes >> 3) & 1;
  return { baseOffset, lastOffset, baseTimestamp, maxTimestamp, producerId, count, compression, timestampType, transactional: (attributes & 16) !== 0, control: (attributes & 32) !== 0, records: bytes.subarray(reader.at, end) };
}

function isAbort(records: Uint8Array): boolean {
  const reader = new ByteReader(records);
  reader.varint();
  reader.int8();
  reader.varint();
  reader.varint();
  const key = reader.varintBytes();
  return key !== null && key.length >= 4 && new ByteReader(key, 2).int16() === abortMark;
}

const noHeaders: readonly MessageHeader[] = [];
const noBytes = new Uint8Array();
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** False where a record, or something in it, ends behind the records' bytes, or behind the record. */
function readRecords(reader: ByteReader, batch: Batch, from: number, until: number, into: Message[]): boolean {
  for (let index = 0; index < batch.count; index++) {
    const length = reader.varint();
    const end = reader.at + length;
    if (!(length > 0 && end <= reader.bytes.length)) return false;
    reader.at += 1;
    const delta = reader.varint();
    const offset = batch.baseOffset + reader.varint();
    if (offset >= until) return true;
    if (offset >= from) {
      const timestamp = (batch.timestampType === 1 ? batch.maxTimestamp : batch.baseTimestamp + delta) * 1000;
      const key = reader.varintBytes();
      const value = reader.varintBytes();
      const headers = headersOf(reader, end);
      if (headers === undefined || reader.at > end) return false;
      into.push({ offset, timestamp, timestampType: batch.timestampType, key, value, headers });
    }
    reader.at = end;
  }
  return true;
}

/** Undefined where there are more than the rest of the record can hold. */
function headersOf(reader: ByteReader, end: number): readonly MessageHeader[] | undefined {
  const count = reader.varint();
  if (count === 0) return noHeaders;
  if (!(count > 0 && count <= (end - reader.at) / 2)) return undefined;
  return Array.from({ length: count }, () => ({ key: utf8.decode(reader.varintBytes() ?? noBytes), value: reader.varintBytes() }));
}
