import { type DataType, isNumeric } from "../../ir/types/data-type.ts";
import { poisoned, wrongArity, wrongType } from "./operand.ts";
import type { Operand, Resolution } from "./signature.ts";

/** The operands of an aggregate where they are of a fitting number and none has an error; else why not. */
export function operandsOf(operands: readonly Operand[], least: number, most: number): { readonly all: readonly Operand[] } | { readonly refused: Resolution } {
  if (operands.length < least || operands.length > most) {
    return { refused: wrongArity(least < most ? `${least} or ${most} arguments` : `${least} argument${least === 1 ? "" : "s"}`) };
  }
  const refused = poisoned(operands);
  return refused === undefined ? { all: operands } : { refused };
}

/** Whether an aggregate of doubles takes the type: numbers, and texts that are cast (Spark's implicit casts to a numeric type). */
export function isDoubleLike(type: DataType): boolean {
  return isNumeric(type) || type.kind === "string" || type.kind === "null";
}

/** Whether an aggregate of booleans takes the type. */
export function isBooleanLike(type: DataType): boolean {
  return type.kind === "boolean" || type.kind === "string" || type.kind === "null";
}

/** Refuses the first operand whose type does not pass. */
export function refusedType(operands: readonly Operand[], passes: (type: DataType) => boolean, expected: string): Resolution | undefined {
  const at = operands.findIndex(({ type }) => !passes(type));
  return at < 0 ? undefined : wrongType(at, expected);
}
