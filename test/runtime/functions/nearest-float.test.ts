import fc from "fast-check";
import { expect, it } from "vitest";
import { tryFloatFromText } from "../../../runtime/functions/cast-double.ts";
import { floatText } from "../../../runtime/functions/double-text.ts";
import { floatFromLong, mayRoundTwice } from "../../../runtime/functions/nearest-float.ts";

const float = fc.float({ noNaN: true, noDefaultInfinity: true });

it("reads back the float that a text was written for", () => {
  fc.assert(fc.property(float, (value) => {
    expect(Object.is(tryFloatFromText(floatText(value)), value)).toBe(true);
  }));
});

it("rounds once where the double lies halfway between two floats", () => {
  // 1 + 2^-24 lies between 1 and 1 + 2^-23; the texts below are nearest to that very double.
  expect(tryFloatFromText("1.00000005960464477539062499999")).toBe(1);
  expect(tryFloatFromText("1.000000059604644775390625")).toBe(1);
  expect(tryFloatFromText("1.00000005960464477539062500001")).toBe(1 + 2 ** -23);
  expect(tryFloatFromText("-1.00000005960464477539062500001f")).toBe(-1 - 2 ** -23);
  expect(tryFloatFromText("3.40282356779733661637539395458142568447e38")).toBe(3.4028234663852886e38);
  expect(tryFloatFromText("3.40282356779733661637539395458142568448e38")).toBe(Infinity);
  expect(floatFromLong(9007199791611905n)).toBe(9007200328482816);
});

it("leaves to the exact reading every number that could be rounded twice", () => {
  // Numbers whose sixty digits are all there are.
  fc.assert(fc.property(fc.float({ min: Math.fround(-1e14), max: Math.fround(1e14), noNaN: true }), fc.nat({ max: 30 }), fc.boolean(), (value, zeros, above) => {
    const bits = new DataView(new ArrayBuffer(4));
    bits.setFloat32(0, value);
    bits.setInt32(0, bits.getInt32(0) + 1);
    const middle = (value + bits.getFloat32(0)) / 2;
    if (!Number.isFinite(middle) || Math.abs(middle) < 1e-6 || Math.abs(middle) > 1e15) return;
    expect(mayRoundTwice(middle)).toBe(true);
    const [digits = "", exponent = ""] = middle.toExponential(60).split("e");
    const size = (rounded: number): number => (middle < 0 ? -rounded : rounded);
    const text = above ? `${digits}${"0".repeat(zeros)}1e${exponent}` : `${digits}e${exponent}`;
    const rounded = tryFloatFromText(text);
    expect(rounded === value || rounded === bits.getFloat32(0)).toBe(true);
    if (above) expect(size(rounded ?? NaN)).toBe(Math.max(size(value), size(bits.getFloat32(0))));
  }));
});

it("prints floats as Java does", () => {
  expect([0.1, 16777216, 1e10, 1.17549435e-38, 1.4e-45, 3.4028235e38, -0].map((value) => floatText(Math.fround(value)))).toEqual([
    "0.1", "1.6777216E7", "1.0E10", "1.1754944E-38", "1.4E-45", "3.4028235E38", "-0.0",
  ]);
});
