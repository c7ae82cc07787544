import { internalError } from "../../diagnostics/internal-error.ts";
import type { Code } from "../../code/index.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { commonType } from "../types/common-type.ts";
import { decimalOfOperand } from "../types/decimal-types.ts";
import { isOrderable } from "../types/orderable.ts";
import { tightestType } from "../types/tightest-type.ts";
import type { Side } from "./compare-code.ts";
import { pairOf, resolvedStrict, wrongType } from "./operand.ts";
import type { EmitServices, EmittedArgument, ScalarFunction } from "./scalar-function.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { Operand, Resolution } from "./signature.ts";

/** The one type in which two values are compared; an int literal beside a decimal takes just its own digits, nothing inside an array or a record does. */
export function comparedType(left: Operand, right: Operand): DataType | undefined {
  if (isNested(left.type) && isNested(right.type)) {
    const nested = tightestType(left.type, right.type);
    return nested !== undefined && isOrderable(nested) ? nested : undefined;
  }
  const isDecimal = left.type.kind === "decimal" || right.type.kind === "decimal";
  const typeOf = (operand: Operand): DataType => (isDecimal && operand.type.kind !== "double" && operand.type.kind !== "float" ? (decimalOfOperand(operand.type, operand) ?? operand.type) : operand.type);
  const type = commonType([typeOf(left), typeOf(right)]);
  return type !== undefined && isOrderable(type) ? type : undefined;
}

function isNested(type: DataType): boolean {
  return type.kind === "array" || type.kind === "record" || type.kind === "map";
}

/** The signature of a comparison: two values of one type in common, and a boolean. */
export function resolveComparison(operands: readonly Operand[]): Resolution {
  const pair = pairOf(operands);
  if ("refused" in pair) return pair.refused;
  const type = comparedType(pair.left, pair.right);
  if (type === undefined) return wrongType(1, `something to compare with ${pair.left.type.kind}`);
  return resolvedStrict(operands, [type, type], booleanType);
}

/** A comparison operator, by the code that it becomes for two values of one type. */
export function comparison(name: string, summary: string, code: (left: Side, right: Side, type: DataType, services: EmitServices) => Code, aliases?: readonly string[]): ScalarFunction {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    summary,
    volatility: "immutable",
    resolve: resolveComparison,
    nulls: "propagate",
    canFail: () => false,
    emit: ([left, right]: readonly EmittedArgument[], _result, services) =>
      left === undefined || right === undefined ? internalError("E9003", `${name} without two operands`) : code(left, right, left.type, services),
  };
}
