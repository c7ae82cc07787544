import { binary, callCode, type Code, method, numberCode, runtime, unary } from "../../code/index.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import type { EmitServices } from "./scalar-function.ts";

export type OrderOperator = "<" | "<=" | ">" | ">=";

/** A side of a comparison: its code, and its value where that is known. */
export interface Side {
  readonly code: Code;
  readonly constant: { readonly value: LiteralValue } | undefined;
}

const doubleKernels: Readonly<Record<OrderOperator, string>> = {
  "<": "lessDouble", "<=": "lessOrEqualDouble", ">": "greaterDouble", ">=": "greaterOrEqualDouble",
};

/** `left = right` for two values of one type that are not null. */
export function equalCode(left: Side, right: Side, type: DataType, services: EmitServices): Code {
  if (isPlainEquality(left, right, type)) return binary("===", left.code, right.code);
  switch (type.kind) {
    case "float":
    case "double":
      return kernel("equalDouble", left.code, right.code);
    case "binary":
      return kernel("equalBytes", left.code, right.code);
    default:
      return method(orderCode(type, services), "equals", left.code, right.code);
  }
}

/** `left != right` for two values of one type that are not null. */
export function unequalCode(left: Side, right: Side, type: DataType, services: EmitServices): Code {
  const equal = equalCode(left, right, type, services);
  return isPlainEquality(left, right, type) ? binary("!==", left.code, right.code) : unary("!", equal);
}

/** `left < right` and its kin for two values of one type that are not null. */
export function orderedCode(operator: OrderOperator, left: Side, right: Side, type: DataType, services: EmitServices): Code {
  switch (type.kind) {
    case "float":
    case "double": {
      // NaN is above everything: `NaN < 5` is false as it should be, `NaN > 5` is not.
      const plain = operator === "<" || operator === "<=" ? isKnownNumber(right) : isKnownNumber(left);
      return plain ? binary(operator, left.code, right.code) : kernel(doubleKernels[operator], left.code, right.code);
    }
    case "boolean":
      return binary(operator, kernel("compareBoolean", left.code, right.code), numberCode(0));
    case "string":
      return binary(operator, kernel("compareText", left.code, right.code), numberCode(0));
    case "binary":
      return binary(operator, kernel("compareBytes", left.code, right.code), numberCode(0));
    case "array":
    case "record":
      return binary(operator, method(orderCode(type, services), "compare", left.code, right.code), numberCode(0));
    default:
      return binary(operator, left.code, right.code);
  }
}

/** Whether two values are distinct, null included, which is the same as itself only; `negated` asks whether they are the same. */
export function distinctCode(left: Side, right: Side, type: DataType, negated: boolean, services: EmitServices): Code {
  if (isPlainEquality(left, right, type)) return binary(negated ? "===" : "!==", left.code, right.code);
  const same = type.kind === "binary" ? method(orderCode(type, services), "equals", left.code, right.code) : equalCode(left, right, type, services);
  return negated ? same : unary("!", same);
}

/** Whether `===` is the equality of two values of a type. */
function isPlainEquality(left: Side, right: Side, type: DataType): boolean {
  if (type.kind === "float" || type.kind === "double") return isKnownNumber(left) || isKnownNumber(right);
  return type.kind !== "binary" && type.kind !== "array" && type.kind !== "record";
}

function orderCode(type: DataType, services: EmitServices): Code {
  return services.constant("order", kernel("valueOrder", typeDescriptorCode(type, true)));
}

function isKnownNumber(side: Side): boolean {
  const value = side.constant?.value;
  return typeof value === "number" && !Number.isNaN(value);
}

function kernel(name: string, ...args: readonly Code[]): Code {
  return callCode(runtime(name), ...args);
}
