import { expect, it } from "vitest";
import { remainder } from "../../../../compiler/catalog/functions/scalar/remainder.ts";
import { doubleType, intType, longType } from "../../../../compiler/ir/types/data-type.ts";

it("a remainder by a literal other than zero cannot fail, so that a join of streams may ask it of one side's rows", () => {
  expect(remainder.canFail([longType, longType], longType, [undefined, { value: 2 }])).toBe(false);
  expect(remainder.canFail([longType, longType], longType, [undefined, { value: 2n }])).toBe(false);
  expect(remainder.canFail([doubleType, doubleType], doubleType, [undefined, { value: 0.5 }])).toBe(false);
});

it("a remainder by zero, by null or by what is not known may fail", () => {
  for (const divisor of [{ value: 0 }, { value: -0 }, { value: 0n }, { value: null }, { value: Number.NaN }, undefined]) expect(remainder.canFail([intType, intType], intType, [undefined, divisor])).toBe(true);
  expect(remainder.canFail([intType, intType], intType)).toBe(true);
});
