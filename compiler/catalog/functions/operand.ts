import type { DataType } from "../../ir/types/data-type.ts";
import { errorType } from "../../ir/types/data-type.ts";
import type { Operand, Resolution } from "./signature.ts";

/** A signature that fits: the types that the arguments are converted to, and the result. */
export function resolved(parameters: readonly DataType[], type: DataType, nullable: boolean): Resolution {
  return { ok: true, parameters, type, nullable };
}

/** A signature whose result is null where an argument is. */
export function resolvedStrict(operands: readonly Operand[], parameters: readonly DataType[], type: DataType): Resolution {
  return resolved(parameters, type, operands.some((operand) => operand.nullable));
}

export function wrongArity(expected: string): Resolution {
  return { ok: false, problem: "arity", expected };
}

/** `argument` counts from 0; `expected` is e.g. `a number`. */
export function wrongType(argument: number, expected: string): Resolution {
  return { ok: false, problem: "type", argument, expected };
}

export function wrongValue(argument: number, message: string): Resolution {
  return { ok: false, problem: "value", argument, message };
}

/** For operands of which one has an error that is already reported: anything goes, and the result is an error too. */
export function poisoned(operands: readonly Operand[]): Resolution | undefined {
  if (!operands.some((operand) => operand.type.kind === "error")) return undefined;
  return resolved(operands.map((operand) => operand.type), errorType, true);
}

/** The two operands of a binary operator, or why there are not two (or one is an error). */
export function pairOf(operands: readonly Operand[]): { readonly left: Operand; readonly right: Operand } | { readonly refused: Resolution } {
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length !== 2) return { refused: wrongArity("2 arguments") };
  const refused = poisoned(operands);
  return refused === undefined ? { left, right } : { refused };
}
