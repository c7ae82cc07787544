import { expect, it } from "vitest";
import { canCast, isImplicit } from "../../../../compiler/catalog/types/can-cast.ts";
import { commonType } from "../../../../compiler/catalog/types/common-type.ts";
import { decimalResult, widerDecimal } from "../../../../compiler/catalog/types/decimal-types.ts";
import { arrayType, decimalType, typeText } from "../../../../compiler/ir/types/data-type.ts";
import { sparkType } from "../../../facts/spark-type.ts";

it.each([
  [["int", "bigint"], "long"],
  [["int", "double"], "double"],
  [["int", "float"], "double"],
  [["int", "decimal(5,2)"], "decimal(12,2)"],
  [["decimal(5,2)", "double"], "double"],
  [["string", "int"], "long"],
  [["int", "string", "double"], "double"],
  [["date", "timestamp"], "timestamp"],
  [["string", "date"], "date"],
  [["void", "boolean"], "boolean"],
  [["array<int>", "array<double>"], "double?[]"],
  [["struct<a:int>", "struct<a:bigint>"], "{ a: long? }"],
  [["struct<a:int>", "struct<b:int>"], undefined],
  [["boolean", "int"], undefined],
  [["array<int>", "int"], undefined],
])("%j have the type %s in common", (types, common) => {
  const type = commonType(types.map(sparkType));
  expect(type && typeText(type)).toBe(common);
});

it.each([
  ["int", "bigint", "total"],
  ["bigint", "int", "fallible"],
  ["int", "decimal(10,2)", "fallible"],
  ["int", "decimal(12,2)", "total"],
  ["decimal(5,2)", "decimal(4,1)", "fallible"],
  ["decimal(5,2)", "decimal(5,1)", "total"],
  ["decimal(5,2)", "decimal(3,0)", "fallible"],
  ["string", "timestamp", "fallible"],
  ["timestamp", "boolean", "never"],
  ["date", "int", "never"],
  ["int", "date", "never"],
  ["array<string>", "array<int>", "fallible"],
  ["struct<a:int>", "string", "total"],
  ["struct<a:int>", "struct<b:bigint>", "total"],
  ["string", "array<int>", "never"],
])("a cast from %s to %s is %s", (from, to, verdict) => {
  expect(canCast(sparkType(from), sparkType(to))).toBe(verdict);
});

it("converts numbers upwards only without being asked", () => {
  expect(["bigint", "double", "decimal(10,0)", "string"].map((to) => isImplicit(sparkType("int"), sparkType(to)))).toEqual([true, true, true, true]);
  expect(["int", "boolean", "date"].map((to) => isImplicit(sparkType("bigint"), sparkType(to)))).toEqual([false, false, false]);
  expect(isImplicit(arrayType(sparkType("int"), false), arrayType(sparkType("bigint"), true))).toBe(true);
});

it("gives up places before digits where 38 are too few", () => {
  expect(typeText(decimalResult("+", decimalType(38, 18), decimalType(38, 18)))).toBe("decimal(38,17)");
  expect(typeText(decimalResult("*", decimalType(38, 18), decimalType(38, 18)))).toBe("decimal(38,6)");
  expect(typeText(widerDecimal(decimalType(38, 0), decimalType(10, 5)))).toBe("decimal(38,0)");
});
