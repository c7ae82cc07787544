import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import { arrayType, type DataType, doubleType } from "../../ir/types/data-type.ts";
import { type Code, method } from "../../code/index.ts";
import { emitLiteral } from "../expressions/emit-literal.ts";
import { wrongValue } from "./operand.ts";
import type { Operand, Unresolved } from "./signature.ts";

/** One percentage gives a value, an array of them an array. */
export function percentageType(operand: Operand): DataType | undefined {
  const { type } = operand;
  if (type.kind === "array") return arrayType(doubleType, type.elementNullable);
  return ["int", "long", "float", "double", "decimal"].includes(type.kind) ? doubleType : undefined;
}

/** The type of the result for one percentage or several. */
export function percentileResult(operand: Operand, type: DataType, elementNullable = false): DataType {
  return operand.type.kind === "array" ? arrayType(type, elementNullable) : type;
}

/** Whether each percentage is one: from 0 to 1. */
export function checkPercentage(value: LiteralValue | undefined, argument: number): Unresolved | undefined {
  const isPercentage = (item: unknown): boolean => typeof item === "number" && item >= 0 && item <= 1;
  if (Array.isArray(value) ? value.every(isPercentage) : isPercentage(value)) return undefined;
  const refused = wrongValue(argument, "a percentage lies between 0.0 and 1.0");
  return refused.ok ? undefined : refused;
}

/** The call of the method for one percentage or that for several. */
export function percentileCode(lane: Code, slot: Code, percentage: LiteralValue | undefined, one: string, several: string): Code {
  if (Array.isArray(percentage)) return method(lane, several, slot, emitLiteral(percentage, arrayType(doubleType, false)));
  return method(lane, one, slot, emitLiteral(percentage ?? null, doubleType));
}
