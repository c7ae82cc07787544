import fc from "fast-check";
import { expect, it } from "vitest";
import type { OutgoingMessage } from "../../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { ByteReader } from "../../../../../runtime/connectors/kafka/client/records/byte-reader.ts";
import { ByteWriter } from "../../../../../runtime/connectors/kafka/client/records/byte-writer.ts";
import { decodeRecordBatches } from "../../../../../runtime/connectors/kafka/client/records/decode-record-batches.ts";
import { encodeRecordBatch, roughSize } from "../../../../../runtime/connectors/kafka/client/records/encode-record-batch.ts";
import { partitionOfKey } from "../../../../../runtime/connectors/kafka/client/records/murmur2.ts";
import { cutIntoBatches } from "../../../../../runtime/connectors/kafka/client/kafkajs/partition-choice.ts";

const bytes = fc.option(fc.uint8Array({ maxLength: 40 }));
const outgoing: fc.Arbitrary<OutgoingMessage> = fc.record({
  topic: fc.constant("t"),
  partition: fc.constant(0),
  key: bytes,
  value: bytes,
  headers: fc.array(fc.record({ key: fc.string({ unit: "grapheme" }), value: bytes }), { maxLength: 3 }),
  timestamp: fc.integer({ min: -(10 ** 12), max: 4 * 10 ** 12 }).map((millis) => millis * 1000),
});
const producer = { producerId: 7, producerEpoch: 0, firstSequence: 0, transactional: false };
const plain = (part: Uint8Array | null): readonly number[] | null => (part === null ? null : [...part]);
const shape = ({ key, value, headers, timestamp }: Pick<OutgoingMessage, "key" | "value" | "headers" | "timestamp">): unknown => ({ key: plain(key), value: plain(value), headers: headers.map((header) => [header.key, plain(header.value)]), timestamp });

/** The bytes of batches with the offsets that a broker gives them. */
async function log(batches: readonly { readonly at: number; readonly messages: readonly OutgoingMessage[]; readonly producerId?: number; readonly control?: "abort" | "commit" }[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const { at, messages, producerId, control } of batches) {
    const mark: OutgoingMessage = { topic: "t", partition: 0, key: Uint8Array.of(0, 0, 0, control === "commit" ? 1 : 0), value: new Uint8Array(6), headers: [] };
    const batch = await encodeRecordBatch(control === undefined ? messages : [mark], { ...producer, ...(producerId === undefined ? {} : { producerId, transactional: true }) }, "none", 0);
    const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
    view.setBigInt64(0, BigInt(at));
    if (control !== undefined) {
      view.setInt16(21, view.getInt16(21) | 32);
      view.setUint32(17, (await import("../../../../../runtime/checkpoint/crc32c.ts")).crc32c(batch, 21));
    }
    parts.push(batch);
  }
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const say = (value: string): OutgoingMessage => ({ topic: "t", partition: 0, key: null, value: new TextEncoder().encode(value), headers: [], timestamp: 0 });
const read = async (data: Uint8Array, from: number, aborted: readonly { producerId: number; firstOffset: number }[] = [], until = Infinity): Promise<unknown> => {
  const { messages, next } = await decodeRecordBatches(data, from, until, aborted, "here");
  return [messages.map(({ offset, value }) => `${offset} ${new TextDecoder().decode(value ?? undefined)}`), next];
};

it("reads what it wrote, with every compression", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(outgoing, { minLength: 1, maxLength: 20 }), fc.constantFrom("none", "gzip", "snappy", "lz4", "zstd" as const), async (messages, compression) => {
      const batch = await encodeRecordBatch(messages, producer, compression, 0);
      const { messages: decoded, next } = await decodeRecordBatches(batch, 0, Infinity, [], "here");
      expect(decoded.map(shape)).toEqual(messages.map(shape));
      expect(next).toBe(messages.length);
    }),
    { numRuns: 200 },
  );
});

it("looks into no more batches once the messages are large enough, however well they are compressed", async () => {
  const batches = await Promise.all([0, 1, 2].map((at) => encodeRecordBatch([say(`${at}`.repeat(10_000))], producer, "gzip", 0)));
  for (const [at, batch] of batches.entries()) new DataView(batch.buffer, batch.byteOffset, batch.byteLength).setBigInt64(0, BigInt(at));
  const { messages, next, size, taken } = await decodeRecordBatches(Buffer.concat(batches), 0, Infinity, [], "here", 15_000);
  expect(messages.map(({ offset }) => offset)).toEqual([0, 1]);
  expect(next).toBe(2);
  expect(size).toBeGreaterThan(20_000);
  expect(taken).toBe((batches[0]?.length ?? 0) + (batches[1]?.length ?? 0));
  expect((await decodeRecordBatches(Buffer.concat(batches), 0, Infinity, [], "here", 0)).next).toBeUndefined();
});

it("never guesses a message too small", () => {
  return fc.assert(fc.asyncProperty(outgoing, async (message) => {
    expect((await encodeRecordBatch([message], producer, "none", 0)).length - 61).toBeLessThanOrEqual(roughSize(message));
  }));
});

it("reads and writes whole numbers of up to 53 bits", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      const out = new ByteWriter(1);
      out.varint(Math.trunc(value / 2));
      out.int64(value);
      out.unsignedVarint(Math.abs(value));
      const reader = new ByteReader(out.written());
      expect([reader.varint(), reader.int64(), reader.unsignedVarint()]).toEqual([Math.trunc(value / 2), value, Math.abs(value)].map((each) => each + 0));
    }),
  );
});

it("leaves out what is outside the range, and a batch that is cut off", async () => {
  const data = await log([{ at: 5, messages: [say("a"), say("b"), say("c")] }, { at: 20, messages: [say("d")] }]);
  expect(await read(data, 6)).toEqual([["6 b", "7 c", "20 d"], 21]);
  expect(await read(data, 8)).toEqual([["20 d"], 21]);
  expect(await read(data, 6, [], 7)).toEqual([["6 b"], 20]);
  expect(await read(data, 6, [], 15)).toEqual([["6 b", "7 c"], 20]);
  expect(await read(data.subarray(0, data.length - 1), 5)).toEqual([["5 a", "6 b", "7 c"], 8]);
  expect(await read(data.subarray(0, 30), 5)).toEqual([[], undefined]);
});

it("hides aborted transactions of one producer until its mark, and shows those of others", async () => {
  const data = await log([
    { at: 0, messages: [say("aborted")], producerId: 1 },
    { at: 1, messages: [say("committed")], producerId: 2 },
    { at: 2, messages: [say("outside")] },
    { at: 3, messages: [], producerId: 1, control: "abort" },
    { at: 4, messages: [say("next")], producerId: 1 },
    { at: 5, messages: [], producerId: 2, control: "commit" },
    { at: 6, messages: [], producerId: 1, control: "commit" },
  ]);
  expect(await read(data, 0, [{ producerId: 1, firstOffset: 0 }])).toEqual([["1 committed", "2 outside", "4 next"], 7]);
  expect(await read(data, 0)).toEqual([["0 aborted", "1 committed", "2 outside", "4 next"], 7]);
});

it("finds damaged messages by their checksum", async () => {
  const data = await log([{ at: 0, messages: [say("a")] }]);
  data[data.length - 2] = 99;
  await expect(read(data, 0)).rejects.toMatchObject({ code: "R7708" });
});

it("refuses records that go beyond the end of their batch, and never makes a message of what is not there", async () => {
  const sound = await log([{ at: 0, messages: [{ ...say("value"), key: Uint8Array.of(1, 2), headers: [{ key: "h", value: Uint8Array.of(3) }] }, say("b")] }]);
  const { crc32c } = await import("../../../../../runtime/checkpoint/crc32c.ts");
  const told = await read(sound, 0);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 57, max: sound.length - 1 }), fc.nat(255), async (at, byte) => {
      const data = sound.slice();
      data[at] = byte;
      new DataView(data.buffer).setUint32(17, crc32c(data, 21));
      const bytesThere = data.length;
      await decodeRecordBatches(data, 0, Infinity, [], "here").then(
        ({ messages }) => {
          for (const { key, value, headers } of messages) expect((key?.length ?? 0) + (value?.length ?? 0) + headers.length).toBeLessThan(bytesThere);
        },
        (error: unknown) => expect(error).toMatchObject({ code: "R7708" }),
      );
    }),
    { numRuns: 500 },
  );
  // The count of records, the length of the first, that of its key, and of the batch.
  for (const [at, ...bytes] of [[57, 0, 0, 1, 0], [61, 0x7e], [65, 0x7e], [8, 0, 0, 0, 9]] as const) {
    const data = sound.slice();
    data.set(bytes, at);
    new DataView(data.buffer).setUint32(17, crc32c(data, 21));
    await expect(read(data, 0)).rejects.toMatchObject({ code: "R7708" });
  }
  expect(await read(sound, 0)).toEqual(told);
});

it("chooses the partitions that Java's client chooses", () => {
  const partitions = ["", "a", "ab", "abc", "abcd", "abcde", "Größe", "21", "foobar"].map((key) => partitionOfKey(new TextEncoder().encode(key), 7));
  expect(partitions).toEqual([2, 5, 0, 4, 5, 4, 5, 3, 0]);
});

it("cuts messages into batches below a size, in order", () => {
  const batches = cutIntoBatches(["a", "b".repeat(200), "c", "d"].map(say), 150);
  expect(batches.map((batch) => batch.map(({ value }) => value?.length))).toEqual([[1], [200], [1, 1]]);
  expect(cutIntoBatches([], 10)).toEqual([]);
});
