import { wrongType, wrongValue } from "./operand.ts";
import type { Operand, Resolution } from "./signature.ts";

/**
 * The number of places that `round floor ceil` were given: the type of a decimal result depends on it, so it must be a constant
 * int. Without one it is 0; for a null it is 0 too, and the result is null.
 */
export function constantPlaces(operand: Operand | undefined): { readonly value: number } | { readonly refused: Resolution } {
  if (operand === undefined || operand.type.kind === "null") return { value: 0 };
  if (operand.type.kind !== "int") return { refused: wrongType(1, "an int") };
  if (operand.constant === undefined) return { refused: wrongValue(1, "the number of places must be a constant") };
  const value = operand.constant.value;
  return { value: typeof value === "number" ? value : 0 };
}
