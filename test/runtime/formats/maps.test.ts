import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeJsonText } from "../../../runtime/formats/json-decode.ts";
import { jsonShape } from "../../../runtime/formats/json-shape.ts";
import { valueType } from "../../../runtime/formats/value-type.ts";
import { valueOrder } from "../../../runtime/functions/compare-values.ts";
import { storedValue } from "../../../runtime/operators/lanes/stored-value.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const descriptor = { map: ["string", { record: [["at", "timestamp?"], ["f", "float"]], nullable: true }] } as const;
const type = valueType(descriptor);

const item = fc.option(fc.record({ at: fc.option(fc.integer()), f: fc.float().map((value) => value + 0) }));
const map = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), item)).map((entries) => new Map(entries));

it("are written as objects that read back as the same maps, in the same order", () => {
  fc.assert(fc.property(map, (value) => {
    const text = jsonShape(descriptor)(value);
    const read = decodeJsonText(text, type).value;
    expect(read).toEqual(value);
    expect(read instanceof Map ? [...read.keys()] : []).toEqual([...value.keys()]);
  }));
});

it("come back from stored rows", () => {
  const codec = createStateCodec({ partitions: 1, hash: { name: "murmur3-32", seed: 0 } });
  const stored = storedValue(type);
  fc.assert(fc.property(map, (value) => {
    const writer = codec.writer();
    stored.write(value, writer);
    expect(stored.read(codec.reader(writer.take()))).toEqual(value);
  }));
});

it("are equal by content, whatever the order of their keys", () => {
  const order = valueOrder(descriptor);
  fc.assert(fc.property(map, map, (left, right) => {
    const turned = new Map([...left].reverse());
    expect(order.equals(left, turned)).toBe(true);
    expect(order.hash(left)).toBe(order.hash(turned));
    expect(Math.sign(order.compare(left, right))).toBe(-Math.sign(order.compare(right, left)) + 0);
  }));
});

it("keep the last of equal keys, in the place of the first", () => {
  const read = decodeJsonText('{"b":1,"a":2,"b":3}', valueType({ map: ["string", "int"] })).value;
  expect(read instanceof Map ? [...read] : read).toEqual([["b", 3], ["a", 2]]);
});

it("are null where a value does not fit, and say which", () => {
  const wrong = decodeJsonText('{"m":{"a":1,"b":"x"}}', valueType({ record: [["m", { map: ["string", "int"], nullable: true }]] }));
  expect(wrong.value).toEqual({ m: null });
  expect(wrong.problem).toBe('the field `m.b` is "x", which is no int');
});
