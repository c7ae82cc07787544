import { type DataType, doubleType, isNumeric } from "../../ir/types/data-type.ts";
import { poisoned, wrongArity, wrongType } from "./operand.ts";
import type { Operand, Resolution } from "./signature.ts";

/** The one number or duration that `sum` and `avg` take; strings, timestamps (their seconds) and nulls are taken as doubles, as Spark does. */
export function numberArgument(operands: readonly Operand[]): { readonly type: DataType } | { readonly refused: Resolution } {
  const [operand] = operands;
  if (operand === undefined || operands.length !== 1) return { refused: wrongArity("1 argument") };
  const refused = poisoned(operands);
  if (refused !== undefined) return { refused };
  const { kind } = operand.type;
  if (kind === "string" || kind === "null" || kind === "timestamp") return { type: doubleType };
  return isNumeric(operand.type) || kind === "duration" ? { type: operand.type } : { refused: wrongType(0, "a number or a duration") };
}
