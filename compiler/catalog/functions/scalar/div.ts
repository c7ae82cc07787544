import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { decimalType, longType } from "../../../ir/types/data-type.ts";
import { decimalFor } from "../../types/decimal-types.ts";
import { pairOf, resolvedStrict, wrongType } from "../operand.ts";
import { always, argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import type { Operand } from "../signature.ts";

/** The quotient of two whole numbers or decimals without its fraction, as a long: Spark's operator `div`. */
export const div: ScalarFunction = {
  name: "div",
  summary: "The quotient of two whole numbers or decimals without its fraction, as a long; by zero is an error (Spark's IntegralDivide).",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    const odd = [pair.left, pair.right].findIndex((operand) => !isExact(operand));
    if (odd >= 0) return wrongType(odd, "a whole number or a decimal");
    const [left, right] = [pair.left, pair.right].map((operand) => (operand.type.kind === "decimal" ? operand.type : undefined));
    if (left === undefined && right === undefined) return resolvedStrict(operands, [longType, longType], longType);
    const [a, b] = [decimalFor(pair.left.type) ?? decimalType(10, 0), decimalFor(pair.right.type) ?? decimalType(10, 0)];
    const scale = Math.max(a.scale, b.scale);
    const precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
    const common = decimalType(precision, scale);
    return resolvedStrict(operands, precision <= 38 ? [common, common] : [a, b], longType);
  },
  canFail: always,
  emit(args) {
    const [left, right] = [argumentAt(args, 0), argumentAt(args, 1)];
    const [leftScale, rightScale] = [left, right].map(({ type }) => (type.kind === "decimal" ? type.scale : 0));
    if (leftScale === undefined || rightScale === undefined || leftScale === rightScale) return callCode(runtime("divideWhole"), left.code, right.code);
    return callCode(runtime("divideWholeScaled"), left.code, numberCode(leftScale), right.code, numberCode(rightScale));
  },
};

function isExact({ type: { kind } }: Operand): boolean {
  return kind === "int" || kind === "long" || kind === "decimal" || kind === "null";
}
