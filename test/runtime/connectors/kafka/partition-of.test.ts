import fc from "fast-check";
import kafkajs from "kafkajs";
import { expect, test } from "vitest";
import { partitionOf } from "../../../../runtime/connectors/kafka/partition-of.ts";
import type { TypeDescriptor } from "../../../../runtime/formats/type-descriptor.ts";

const choose = kafkajs.Partitioners.DefaultPartitioner();
const ofKafkajs = (key: string | Uint8Array, count: number): number =>
  choose({ topic: "t", partitionMetadata: Array.from({ length: count }, (_, partitionId) => ({ partitionErrorCode: 0, partitionId, leader: 0, replicas: [], isr: [], offlineReplicas: [] })), message: { key: Buffer.from(key), value: "" } });

const one = (type: TypeDescriptor): readonly { readonly name: string; readonly type: TypeDescriptor }[] => [{ name: "k", type }];

// The hash of kafkajs takes its time.
const runs = { numRuns: 25 };

test("a text or bytes are the key itself, for which kafkajs chooses the same partition", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 100 }), (key, count) => partitionOf([key], one("string"), count) === ofKafkajs(key, count)), runs);
  fc.assert(fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 100 }), (key, count) => partitionOf([key], one("binary?"), count) === ofKafkajs(key, count)), runs);
});

test.each<readonly [type: TypeDescriptor, value: unknown, json: string]>([
  ["int", 17, "17"],
  ["long", -5, "-5"],
  ["long?", 9_007_199_254_740_993n, "9007199254740993"],
  ["boolean", true, "true"],
  ["boolean", 0, "false"],
  ["date", 19_855, '"2024-05-12"'],
  ["decimal(10,2)", 1250, "12.50"],
  ["decimal(20,2)?", 1250n, "12.50"],
  ["int?", null, "null"],
])("a single %s is its JSON: %s", (type, value, json) => {
  for (const count of [2, 7, 64]) expect(partitionOf([value], one(type), count)).toBe(ofKafkajs(json, count));
});

test("several columns are one JSON object, in order", () => {
  const columns = [{ name: "name", type: "string?" }, { name: "id", type: "long" }, { name: "raw", type: "binary" }] as const;
  expect(partitionOf(['ü "x"', 3, new Uint8Array([1, 2])], columns, 50)).toBe(ofKafkajs('{"name":"ü \\"x\\"","id":3,"raw":"AQI="}', 50));
  expect(partitionOf([null, 3n, new Uint8Array(0)], columns, 50)).toBe(ofKafkajs('{"name":null,"id":3,"raw":""}', 50));
});

test("without a text or bytes there is no key", () => {
  expect(partitionOf([null], one("string?"), 3)).toBeUndefined();
  expect(partitionOf([null], one("binary?"), 3)).toBeUndefined();
});
