import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import * as maths from "../../../runtime/functions/maths/index.ts";

/** What Java 17 answers: arguments and result; what JSON has no number for is a text. */
const answers = JSON.parse(readFileSync(new URL("./java-maths.json", import.meta.url), "utf8")) as Readonly<Record<string, readonly (readonly (number | string)[])[]>>;

const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  exp: maths.exponential, expm1: Math.expm1, ln: Math.log, log10: Math.log10, log1p: Math.log1p, cbrt: maths.cubeRoot, sinh: Math.sinh, cosh: maths.hyperbolicCosine,
  tanh: maths.hyperbolicTangent, asin: Math.asin, acos: Math.acos, atan: Math.atan, sin: maths.sine, cos: maths.cosine, tan: maths.tangent, pow: maths.powerOf,
  atan2: maths.arcTangent2, hypot: maths.hypotenuse,
};

it.each(Object.keys(answers))("computes %s to the last digit as Java does", (name) => {
  const fn = functions[name] ?? (() => NaN);
  const wrong = (answers[name] ?? []).map((row) => row.map(Number)).filter((row) => !Object.is(fn(...row.slice(0, -1)), row.at(-1)));
  expect(wrong).toEqual([]);
});

it("reduces angles of any size", () => {
  expect(maths.sine(2 ** 1000)).toBe(-0.15920170308624243);
  expect(maths.cosine(1e22)).toBe(0.523214785395139);
  expect(maths.sine(1e22)).toBe(-0.8522008497671888);
});

it("takes sines and cosines whose squares add up to 1", () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (angle) => Math.abs(maths.sine(angle) ** 2 + maths.cosine(angle) ** 2 - 1) < 1e-15));
});

it("divides with a remainder that has the divisor's sign, and rounds to even", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1 }), (value, divisor) => maths.pmodInt(value, divisor) === ((value % divisor) + divisor) % divisor));
  expect([0.5, 1.5, 2.5, -0.5, -2.5].map(maths.roundToEven)).toEqual([0, 2, 2, -0, -2]);
  expect(maths.broundDecimal(125, 2, 1, 5)).toBe(12);
  expect(maths.broundLong(-9_223_372_036_854_775_805n, -1)).toBe(-9_223_372_036_854_775_800n);
});

it("moves bits as Java does", () => {
  expect(maths.shiftLeftLong(1, 63)).toBe(-(2n ** 63n));
  expect(maths.shiftRightUnsignedLong(-1, 1)).toBe(2n ** 63n - 1n);
  expect(maths.shiftRightLong(-1, 70)).toBe(-1);
  expect(maths.bitAt(-1, 31, 32)).toBe(1);
  expect(() => maths.bitAt(1, 32, 32)).toThrow("outside 0 to 31");
});

it("finds buckets of ranges in either direction", () => {
  expect([-1, 0, 2.4, 5, 10].map((value) => maths.bucketOf(value, 0, 10, 4))).toEqual([0, 1, 1, 3, 5]);
  expect([5.5, 5.2, 3, 0.5, -1].map((value) => maths.bucketOf(value, 5.2, 0.5, 2))).toEqual([0, 0, 1, 2, 3]);
  expect(maths.bucketOf(1, 2, 2, 3)).toBeNull();
});
