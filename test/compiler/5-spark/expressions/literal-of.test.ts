import { expect, it } from "vitest";
import { literalOf } from "../../../../compiler/5-spark/expressions/literal-of.ts";
import { sparkTypeOf } from "../../../../compiler/5-spark/expressions/type-of.ts";
import type { LiteralValue } from "../../../../compiler/ir/expr/literal-value.ts";
import {
  arrayType, binaryType, booleanType, dateType, type DataType, decimalType, doubleType, durationType, floatType, intType, longType, mapType, nullType, recordType, stringType, timestampType,
} from "../../../../compiler/ir/types/data-type.ts";

const record = recordType([{ name: "a b", type: intType, nullable: true }]);

const literals: readonly (readonly [LiteralValue, DataType, string])[] = [
  [true, booleanType, "F.lit(True)"],
  [-1, intType, "F.lit(-1)"],
  [1, longType, 'F.lit(1).cast("bigint")'],
  [9_007_199_254_740_993n, longType, "F.lit(9007199254740993)"],
  [1, doubleType, "F.lit(1.0)"],
  [-0, doubleType, "F.lit(-0.0)"],
  [Number.NaN, doubleType, 'F.lit(float("nan"))'],
  [1e300, doubleType, "F.lit(1e+300)"],
  [1.5, floatType, 'F.lit(1.5).cast("float")'],
  [-5, decimalType(3, 2), 'F.lit("-0.05").cast("decimal(3,2)")'],
  ['say "hi"\n', stringType, 'F.lit("say \\"hi\\"\\n")'],
  [new Uint8Array([0, 255]), binaryType, 'F.lit(bytes.fromhex("00ff"))'],
  [19_782, dateType, 'F.lit("2024-02-29").cast("date")'],
  [-719_529, dateType, 'F.lit("-0001-12-31").cast("date")'],
  [2_932_897, dateType, 'F.lit("+10000-01-01").cast("date")'],
  [1_709_208_000_500_000, timestampType, 'F.lit("2024-02-29T12:00:00.5Z").cast("timestamp")'],
  [-1, timestampType, 'F.lit("1969-12-31T23:59:59.999999Z").cast("timestamp")'],
  [600_000_000, durationType, "F.expr(\"INTERVAL '0 00:10:00' DAY TO SECOND\")"],
  [-90_000_250_000, durationType, "F.expr(\"INTERVAL -'1 01:00:00.25' DAY TO SECOND\")"],
  [null, nullType, "F.lit(None)"],
  [null, intType, 'F.lit(None).cast("int")'],
  [null, record, 'F.lit(None).cast(T.StructType([T.StructField("a b", T.IntegerType())]))'],
  [[1, null], arrayType(intType, true), 'F.array(F.lit(1), F.lit(None).cast("int"))'],
  [[], arrayType(stringType, false), 'F.array().cast("array<string>")'],
  [new Map<LiteralValue, LiteralValue>([["k", 1]]), mapType(stringType, intType, false), 'F.create_map(F.lit("k"), F.lit(1))'],
  [{ "a b": 1 }, record, 'F.struct(F.lit(1).alias("a b"))'],
];

it.each(literals)("writes %o of %o as %s", (value, type, text) => {
  expect(literalOf(value, type).text).toBe(text);
});

it("writes types as pyspark has them, with what may not be null", () => {
  const type = recordType([{ name: "a", type: arrayType(decimalType(5, 2), false), nullable: false }, { name: "m", type: mapType(stringType, durationType, true), nullable: true }]);
  expect(sparkTypeOf(type).text).toBe('T.StructType([T.StructField("a", T.ArrayType(T.DecimalType(5, 2), False), False), T.StructField("m", T.MapType(T.StringType(), T.DayTimeIntervalType()))])');
});
