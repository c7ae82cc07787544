import fc from "fast-check";
import { expect, it } from "vitest";
import { AvroContainer, type AvroPacking } from "../../../../runtime/formats/avro/avro-container.ts";
import { avroBlocks } from "../../../../runtime/formats/avro/avro-blocks.ts";
import { columnFields } from "../../../../runtime/formats/avro/avro-decoder.ts";
import { AvroEncoder } from "../../../../runtime/formats/avro/avro-encoder.ts";
import { canonicalInteger } from "../../../../runtime/functions/exact-integer.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import { nodeCompression } from "../../../../runtime/host/node-compression.ts";

const columns: readonly FieldDescriptor[] = [
  ["flag", "boolean?"], ["small", "int"], ["big", "long"], ["maybe", "long?"], ["single", "float?"], ["precise", "double"], ["text", "string"], ["note", "string?"], ["raw", "binary?"], ["price", "decimal(38,10)"],
  ["tax", "decimal(9,2)?"], ["day", "date"], ["at", "timestamp"], ["took", "duration?"], ["tags", { array: "string?" }], ["counts", { map: ["string", "long?"], nullable: true }],
  ["place", { record: [["city", "string?"], ["points", { array: { record: [["x", "double"], ["label", "string"]] } }]], nullable: true }],
];

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(canonicalInteger);
const text = fc.string({ unit: "binary", maxLength: 12 }).map((value) => Buffer.from(value, "utf8").toString("utf8"));
const digits = (count: number): fc.Arbitrary<number | bigint> => fc.bigInt({ min: -(10n ** BigInt(count)) + 1n, max: 10n ** BigInt(count) - 1n }).map(canonicalInteger);
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values);
const micros = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

const row = fc.record({
  flag: orNull(fc.boolean()), small: fc.integer(), big: long, maybe: orNull(long), single: orNull(fc.float()), precise: fc.double(), text, note: orNull(text), raw: orNull(fc.uint8Array({ maxLength: 9 })), price: digits(38),
  tax: orNull(digits(9)), day: fc.integer({ min: -719_162, max: 2_932_896 }), at: micros, took: orNull(micros), tags: fc.array(orNull(text), { maxLength: 4 }),
  counts: orNull(fc.array(fc.tuple(text, orNull(long)), { maxLength: 4 }).map((entries) => new Map(entries))),
  place: orNull(fc.record({ city: orNull(text), points: fc.array(fc.record({ x: fc.double(), label: text }), { maxLength: 3 }) }, { noNullPrototype: true })),
}, { noNullPrototype: true });

const packings: readonly AvroPacking[] = [{ codec: "null", pack: (bytes) => bytes }, { codec: "deflate", pack: (bytes) => nodeCompression.deflate(bytes) }];

async function readBack(bytes: Uint8Array): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  const file = { path: "a.avro", size: bytes.length, compression: nodeCompression, read: (at: number, length: number) => bytes.slice(at, at + length) };
  for await (const block of avroBlocks(columns).blocks(file, new AbortController().signal)) {
    expect(block.malformed).toBeUndefined();
    for (let at = 0; at < block.rows; at++) rows.push(Object.fromEntries(columns.map(([name], column) => [name, block.columns[column]?.[at]])));
  }
  return rows;
}

it("reads back what it has written, whatever the values are", async () => {
  const encoder = new AvroEncoder(columnFields(columns), undefined, "test");
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.constantFrom(...packings), fc.integer({ min: 1, max: 8 }), async (rows, packing, blockRows) => {
      const container = new AvroContainer(encoder.schema, packing, new Uint8Array(16).fill(7));
      const pieces: Uint8Array[] = [];
      rows.forEach((each, at) => {
        container.add(encoder.encode(each));
        if (at % blockRows === 0) pieces.push(container.flush());
      });
      pieces.push(container.flush(), container.finish());
      expect(await readBack(Buffer.concat(pieces))).toEqual(rows);
    }),
    { numRuns: 150 },
  );
});

it("writes with a given schema: enums, fixed decimals, milliseconds, defaults", () => {
  const schema = JSON.stringify({
    type: "record", name: "R", namespace: "n", fields: [
      { name: "color", type: { type: "enum", name: "Color", symbols: ["RED", "GREEN"] } }, { name: "price", type: { type: "fixed", name: "P", size: 4, logicalType: "decimal", precision: 9, scale: 3 } },
      { name: "at", type: ["null", { type: "long", logicalType: "timestamp-millis" }] }, { name: "version", type: "int", default: 3 },
    ],
  });
  const fields: readonly FieldDescriptor[] = [["at", "timestamp?"], ["color", "string"], ["price", "decimal(9,2)"]];
  const encoder = new AvroEncoder(columnFields(fields), schema, "out");
  expect([...encoder.encode({ color: "GREEN", price: -1, at: -1 })]).toEqual([2, 255, 255, 255, 246, 2, 1, 6]);
  expect(() => encoder.encode({ color: "BLUE", price: 0, at: null })).toThrow("the rows cannot be written as Avro: `color` is \"BLUE\", which is no symbol of enum n.Color");
  expect(() => encoder.encode({ color: "RED", price: 999_999_999, at: null })).toThrow("`price` is 9999999.99, which is no fixed(4) (decimal(9,3))");
  expect(() => new AvroEncoder(columnFields([["color", "string"]]), schema, "out")).toThrow("the field `price` of the schema n.R has no default, and there is no such column");
  expect(() => new AvroEncoder(columnFields([...fields, ["more", "int"]]), schema, "out")).toThrow("the schema n.R has no field `more`");
});
