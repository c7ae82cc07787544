import fc from "fast-check";
import { expect, it } from "vitest";
import type { TypeDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import { KeyTuple } from "../../../../runtime/operators/keys/key-tuple.ts";

const text = fc.oneof(fc.constant(null), fc.string({ unit: "grapheme", maxLength: 6 }), fc.constantFrom("a", "b", "abcdefgh"));
const long = fc.oneof(fc.constant(null), fc.integer({ min: -3, max: 3 }), fc.constantFrom(2 ** 40, 9007199254740993n, -9007199254740995n));
const double = fc.oneof(fc.constant(null), fc.double().map((value) => value + 0), fc.constantFrom(NaN, 0, 0.5));
const record = fc.oneof(fc.constant(null), fc.record({ a: fc.integer({ min: 0, max: 3 }) }));
const shapes: readonly (readonly [name: string, types: readonly TypeDescriptor[], values: fc.Arbitrary<readonly unknown[]>])[] = [
  ["texts", ["string?"], fc.tuple(text)],
  ["longs", ["long?"], fc.tuple(long)],
  ["doubles", ["double?"], fc.tuple(double)],
  ["booleans", ["boolean?"], fc.tuple(fc.option(fc.boolean()))],
  ["records", [{ record: [["a", "int"]], nullable: true }], fc.tuple(record)],
  ["four columns", ["string?", "long?", { record: [["a", "int"]], nullable: true }, "double?"], fc.tuple(text, long, record, double)],
];

it.each(shapes)("keys of %s that are kept close the gaps, are found again, and new ones come after them", (_name, types, values) => {
  fc.assert(
    fc.property(fc.uniqueArray(values, { maxLength: 80, selector: (key) => keyText(key) }), fc.array(fc.boolean(), { minLength: 80, maxLength: 80 }), (all, isKept) => {
      const keys = new KeyTuple(types, 77);
      expect(all.map((key) => keys.idOf(key))).toEqual([...all.keys()]);
      const kept = all.filter((_, id) => isKept[id]);
      const gone = all.filter((_, id) => !isKept[id]);
      keys.keep(Int32Array.from(all.keys()).filter((id) => isKept[id]));
      expect(keys.size).toBe(kept.length);
      expect(kept.map((key) => keys.find(key))).toEqual([...kept.keys()]);
      expect(kept.map((_, id) => types.map((_type, column) => keys.get(id, column)))).toEqual(kept);
      expect(gone.map((key) => keys.find(key))).toEqual(gone.map(() => -1));
      expect(gone.map((key) => keys.idOf(key))).toEqual(gone.map((_, at) => kept.length + at));
      expect(kept.map((key) => keys.idOf(key))).toEqual([...kept.keys()]);
    }),
    { numRuns: 100 },
  );
});

function keyText(key: readonly unknown[]): string {
  return JSON.stringify(key.map((value) => (typeof value === "bigint" ? `${value}n` : typeof value === "number" ? String(value) : value)));
}
