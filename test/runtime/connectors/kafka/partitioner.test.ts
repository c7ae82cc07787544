import fc from "fast-check";
import kafkajs from "kafkajs";
import { expect, test } from "vitest";
import { partitioner } from "../../../../runtime/connectors/kafka/partitioner.ts";
import { jsonTextOf } from "../../../../runtime/formats/json-text-of.ts";
import type { TypeDescriptor } from "../../../../runtime/formats/type-descriptor.ts";

const choose = kafkajs.Partitioners.DefaultPartitioner();
const ofKafkajs = (key: string | Uint8Array, count: number): number =>
  choose({ topic: "t", partitionMetadata: Array.from({ length: count }, (_, partitionId) => ({ partitionErrorCode: 0, partitionId, leader: 0, replicas: [], isr: [], offlineReplicas: [] })), message: { key: Buffer.from(key), value: "" } });

const one = (type: TypeDescriptor): ReturnType<typeof partitioner> => partitioner([{ name: "k", type }]);

// The hash of kafkajs takes its time.
const runs = { numRuns: 25 };

test("a text or bytes are the key itself, for which kafkajs chooses the same partition", () => {
  const [ofText, ofBytes] = [one("string"), one("binary?")];
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 100 }), (key, count) => ofText([key], count) === ofKafkajs(key, count)), runs);
  fc.assert(fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 100 }), (key, count) => ofBytes([key], count) === ofKafkajs(key, count)), runs);
});

test.each(["", "a", "é", "\u2028", "😀"])("a text has its partition however long it is: %j", (unit) => {
  const ofText = one("string");
  for (const length of [1, 170, 171, 341, 342, 1000]) expect(ofText([unit.repeat(length)], 64)).toBe(ofKafkajs(unit.repeat(length), 64));
});

test.each<readonly [type: TypeDescriptor, value: unknown, json: string]>([
  ["int", 17, "17"],
  ["long", -5, "-5"],
  ["long?", 9_007_199_254_740_993n, "9007199254740993"],
  ["boolean", true, "true"],
  ["boolean?", false, "false"],
  ["date", 19_855, '"2024-05-12"'],
  ["decimal(10,2)", 1250, "12.50"],
  ["decimal(20,2)?", 1250n, "12.50"],
  ["int?", null, "null"],
])("a single %s is its JSON: %s", (type, value, json) => {
  const partitionOf = one(type);
  for (const count of [2, 7, 64]) expect(partitionOf([value], count)).toBe(ofKafkajs(json, count));
});

test("several columns are one JSON object, in order, as a sink writes the key of a row", () => {
  const partitionOf = partitioner([{ name: "näme", type: "string?" }, { name: "id", type: "long" }, { name: "raw", type: "binary" }]);
  const written = jsonTextOf({ record: [["näme", "string?"], ["id", "long"], ["raw", "binary"]] });
  const rows = [
    [{ näme: 'ü "x"', id: 3, raw: new Uint8Array([1, 2]) }, '{"näme":"ü \\"x\\"","id":3,"raw":"AQI="}'],
    [{ näme: null, id: 3n, raw: new Uint8Array(0) }, '{"näme":null,"id":3,"raw":""}'],
  ] as const;
  for (const [row, json] of rows) {
    expect(written(row)).toBe(json);
    expect(partitionOf(Object.values(row), 50)).toBe(ofKafkajs(json, 50));
  }
});

test("without a text or bytes there is no key", () => {
  expect(one("string?")([null], 3)).toBeUndefined();
  expect(one("binary?")([null], 3)).toBeUndefined();
});
