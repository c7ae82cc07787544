import { expect, test } from "vitest";
import { topicIdsRequest } from "../../../../../../runtime/connectors/kafka/client/kafkajs/topic-ids.ts";
import { ByteReader } from "../../../../../../runtime/connectors/kafka/client/records/byte-reader.ts";
import { ByteWriter } from "../../../../../../runtime/connectors/kafka/client/records/byte-writer.ts";

function compactText(out: ByteWriter, text: string): void {
  out.unsignedVarint(text.length + 1);
  out.bytes(new TextEncoder().encode(text));
}

/** A topic of an answer: its partitions have as many replicas as their number. */
function writeTopic(out: ByteWriter, { name, errorCode, id, partitions }: { readonly name: string; readonly errorCode: number; readonly id: number; readonly partitions: number }): void {
  out.int16(errorCode);
  compactText(out, name);
  out.bytes(new Uint8Array(16).fill(id));
  out.int8(0);
  out.unsignedVarint(partitions + 1);
  for (let partition = 0; partition < partitions; partition++) {
    out.int16(0);
    for (const value of [partition, 1, 7]) out.int32(value);
    for (let lists = 0; lists < 3; lists++) {
      out.unsignedVarint(partition + 1);
      for (let replica = 0; replica < partition; replica++) out.int32(replica);
    }
    out.unsignedVarint(0);
  }
  out.int32(-2_147_483_648);
  out.unsignedVarint(0);
}

test("one request asks for the ids of several topics; those that are not there have none", async () => {
  const request = topicIdsRequest(["a", "not-there", "b", "old"]);
  const body = new ByteReader(request.body);
  expect([body.unsignedVarint(), body.unsignedVarint()]).toEqual([0, 5]);
  const out = new ByteWriter();
  out.unsignedVarint(0);
  out.int32(0);
  out.unsignedVarint(2);
  out.int32(1);
  compactText(out, "host");
  out.int32(9092);
  out.unsignedVarint(0);
  out.unsignedVarint(0);
  compactText(out, "cluster");
  out.int32(1);
  out.unsignedVarint(5);
  writeTopic(out, { name: "a", errorCode: 0, id: 0xab, partitions: 3 });
  writeTopic(out, { name: "not-there", errorCode: 3, id: 0, partitions: 0 });
  writeTopic(out, { name: "b", errorCode: 0, id: 0x01, partitions: 1 });
  writeTopic(out, { name: "old", errorCode: 0, id: 0, partitions: 1 });
  out.unsignedVarint(0);
  const reader = new ByteReader(out.written());
  expect(await request.decode(reader)).toEqual(new Map([["a", "ab".repeat(16)], ["b", "01".repeat(16)]]));
  expect(reader.left).toBe(1);
});
