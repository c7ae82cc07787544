import { type DataType, doubleType, isNumeric } from "../../ir/types/data-type.ts";
import { poisoned, wrongArity, wrongType } from "./operand.ts";
import type { Operand, Resolution } from "./signature.ts";

/** The number that a function of one number works on: strings and nulls are taken as doubles; or why there is none. */
export function numberOperand(operands: readonly Operand[], arity: string, most: number): { readonly type: DataType; readonly operand: Operand } | { readonly refused: Resolution } {
  const [operand] = operands;
  if (operand === undefined || operands.length > most) return { refused: wrongArity(arity) };
  const refused = poisoned(operands);
  if (refused !== undefined) return { refused };
  if (operand.type.kind === "string" || operand.type.kind === "null") return { operand, type: doubleType };
  return isNumeric(operand.type) ? { operand, type: operand.type } : { refused: wrongType(0, "a number") };
}
