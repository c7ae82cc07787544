import fc from "fast-check";
import { expect, it } from "vitest";
import { valueOrder } from "../../../runtime/functions/compare-values.ts";

const order = valueOrder({ record: [["a", "double?"], ["b", { array: "string?" }], ["__proto__", "long"]] });
const value = fc.tuple(fc.option(fc.double()), fc.array(fc.option(fc.string({ unit: "binary", maxLength: 2 })), { maxLength: 2 }), fc.integer({ min: 0, max: 2 }))
  .map(([a, b, c]): unknown => Object.fromEntries([["a", a], ["b", b], ["__proto__", c]]));

it("is a total order of records, with equal hashes for equal values", () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(order.compare(a, b))).toBe(-Math.sign(order.compare(b, a)) + 0);
      if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) expect(order.compare(a, c)).toBeLessThanOrEqual(0);
      if (order.equals(a, b)) expect(order.hash(a)).toBe(order.hash(b));
      expect(order.equals(a, structuredClone(a))).toBe(true);
    }),
  );
});

it("puts null first and NaN last, and takes −0 for 0", () => {
  const doubles = valueOrder("double?");
  expect([NaN, 1, null, -0, Infinity].sort(doubles.compare)).toEqual([null, -0, 1, Infinity, NaN]);
  expect([doubles.equals(-0, 0), doubles.equals(NaN, NaN), doubles.equals(null, 0)]).toEqual([true, true, false]);
  expect(doubles.hash(-0)).toBe(doubles.hash(0));
});
