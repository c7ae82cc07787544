import fc from "fast-check";
import { expect, it } from "vitest";
import { addExact, canonicalInteger, divideHalfUp, type ExactInteger, fitsPrecision, multiplyExact, quotientExact, remainderExact, subtractExact } from "../../../runtime/functions/exact-integer.ts";

const near = fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n });
const integer = fc.oneof(near, fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.bigInt({ min: -20n, max: 20n }));

function same(actual: ExactInteger, expected: bigint): void {
  expect(BigInt(actual)).toBe(expected);
  expect(Object.is(actual, canonicalInteger(expected))).toBe(true);
}

it("adds, subtracts and multiplies as bigints do, in canonical form", () => {
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      const [left, right] = [canonicalInteger(a), canonicalInteger(b)];
      same(addExact(left, right), a + b);
      same(subtractExact(left, right), a - b);
      same(multiplyExact(left, right), a * b);
    }),
  );
});

it("divides as bigints do, and rounds half away from zero", () => {
  fc.assert(
    fc.property(integer, integer.filter((value) => value !== 0n), (a, b) => {
      const [left, right] = [canonicalInteger(a), canonicalInteger(b)];
      same(quotientExact(left, right), a / b);
      same(remainderExact(left, right), a % b);
      const size = (x: bigint): bigint => (x < 0n ? -x : x);
      const rounded = (2n * size(a) + size(b)) / (2n * size(b));
      same(divideHalfUp(left, right), a < 0n === b < 0n ? rounded : -rounded);
    }),
  );
});

it("counts digits", () => {
  fc.assert(fc.property(integer, fc.integer({ min: 1, max: 38 }), (value, precision) => fitsPrecision(canonicalInteger(value), precision) === String(value < 0n ? -value : value).length <= precision));
});
