import fc from "fast-check";
import { expect, it } from "vitest";
import { columnFields } from "../../../../runtime/formats/avro/avro-decoder.ts";
import { AvroEncoder } from "../../../../runtime/formats/avro/avro-encoder.ts";
import { shieldedName, shieldedSchema, unshieldedName } from "../../../../runtime/formats/avro/shielded-names.ts";

const name = fc.oneof(fc.string(), fc.tuple(fc.nat(3), fc.constantFrom("constructor", "__proto__", "toString", "a")).map(([times, own]) => "own_".repeat(times) + own));

it("gives every name another one that no object has by itself, and finds it again", () => {
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(shieldedName(one) in {}).toBe(false);
      expect(unshieldedName(shieldedName(one))).toBe(one);
      expect(shieldedName(one) === shieldedName(other)).toBe(one === other);
    }),
  );
});

it("shields names, aliases, symbols and defaults of a schema, and nothing else", () => {
  expect(shieldedName("a.toString")).toBe("a.own_toString");
  const inner = { type: "record", name: "toString", namespace: "a", doc: "toString", fields: [{ name: "toString", aliases: ["valueOf"], type: "long" }, { name: "m", type: { type: "map", values: "long" } }] };
  const schema = {
    type: "record",
    name: "R",
    fields: [
      { name: "a", type: [inner, "null"], default: { toString: 1, m: { toString: 2 } } },
      { name: "b", type: { type: "array", items: "a.toString" }, default: [{ toString: 1, m: {} }] },
      { name: "c", type: { type: "enum", name: "E", symbols: ["constructor"], default: "constructor" }, default: "constructor" },
      { name: "d", type: "string", default: "constructor" },
    ],
  };
  expect(shieldedSchema(schema)).toEqual({
    type: "record",
    name: "R",
    fields: [
      { name: "a", type: [{ ...inner, name: "own_toString", fields: [{ name: "own_toString", aliases: ["own_valueOf"], type: "long" }, inner.fields[1]] }, "null"], default: { own_toString: 1, m: { toString: 2 } } },
      { name: "b", type: { type: "array", items: "a.own_toString" }, default: [{ own_toString: 1, m: {} }] },
      { name: "c", type: { type: "enum", name: "E", symbols: ["own_constructor"], default: "own_constructor" }, default: "own_constructor" },
      { name: "d", type: "string", default: "constructor" },
    ],
  });
});

it("writes rows of columns with such names", () => {
  const encoder = new AvroEncoder(columnFields([["constructor", "long"], ["r", { record: [["toString", "string"]] }]]), undefined, "test");
  expect([...encoder.encode({ constructor: 1, r: { toString: "a" } })]).toEqual([2, 2, 97]);
  expect(encoder.schema).toContain('"name":"constructor"');
});
