import { internalError } from "../../diagnostics/internal-error.ts";
import { distinctCode } from "./compare-code.ts";
import { resolveComparison } from "./comparison.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `is [not] distinct from`: a comparison in which null is a value like others. */
export function distinctness(name: string, summary: string, negated: boolean): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    resolve(operands) {
      const resolution = resolveComparison(operands);
      return resolution.ok ? { ...resolution, nullable: false } : resolution;
    },
    nulls: "custom",
    canFail: () => false,
    emit: ([left, right], _result, services) =>
      left === undefined || right === undefined ? internalError("E9003", `${name} without two operands`) : distinctCode(left, right, left.type, negated, services),
  };
}
