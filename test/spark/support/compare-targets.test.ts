import { expect, it } from "vitest";
import { unwanted } from "./compare-targets.ts";

const overflow = "SparkArithmeticException: [ARITHMETIC_OVERFLOW] long overflow";

it("two targets end as they must where both are well, or both fail by the one condition", () => {
  expect(unwanted(undefined, undefined, undefined)).toBeUndefined();
  expect(unwanted("ARITHMETIC_OVERFLOW", "error[R7101]: the sum does not fit [ARITHMETIC_OVERFLOW]", overflow)).toBeUndefined();
});

it.each([
  ["a program that Python does not take", "NameError: name 'x' is not defined"],
  ["a program that Spark does not take", "AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] no such column"],
  ["another condition", "[DIVIDE_BY_ZERO] Division by zero"],
  ["no failure", undefined],
])("%s is no failure by a condition", (_, spark) => {
  expect(unwanted("ARITHMETIC_OVERFLOW", "error[R7101]: the sum does not fit [ARITHMETIC_OVERFLOW]", spark)).toContain("Spark: ");
  expect(unwanted(undefined, undefined, overflow)).toContain(overflow);
});
