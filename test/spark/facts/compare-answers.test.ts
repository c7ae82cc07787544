import { expect, it } from "vitest";
import type { Answer } from "../../facts/question.ts";
import { doubleType, intType, type DataType } from "../../../compiler/ir/types/data-type.ts";
import { compareAnswers } from "./compare-answers.ts";

const fact = { fn: "plus", sql: "1 + 1" };
const value = (number: number | null, type: DataType = doubleType): Answer => ({ kind: "value", value: number, type, nullable: true });
const failed = (condition: string | undefined, message = `Error: [${condition ?? ""}] no`): Answer => ({ kind: "failed", code: "R7101", condition, message });

it("takes an error for the same only by the same condition", () => {
  expect(compareAnswers(fact, failed("DIVIDE_BY_ZERO"), failed("DIVIDE_BY_ZERO")).kind).toBe("equal");
  expect(compareAnswers(fact, failed("DIVIDE_BY_ZERO"), failed("CAST_OVERFLOW")).kind).toBe("differs");
  expect(compareAnswers(fact, failed("DIVIDE_BY_ZERO"), failed(undefined, "AnalysisException: no such column")).kind).toBe("differs");
  expect(compareAnswers(fact, failed("DIVIDE_BY_ZERO"), { kind: "broken", message: "NameError: no such name" }).kind).toBe("differs");
});

it("compares doubles to the last bit, but those of aggregates", () => {
  const [one, other] = [value(0.3), value(0.30000000000000004)];
  expect(compareAnswers(fact, one, other).kind).toBe("differs");
  expect(compareAnswers({ ...fact, column_type: "double" }, one, other).kind).toBe("equal");
});

it("compares types, of a null too", () => {
  expect(compareAnswers(fact, value(1, intType), value(1)).kind).toBe("differs");
  expect(compareAnswers(fact, value(null, intType), value(null, { kind: "null" })).kind).toBe("differs");
});
