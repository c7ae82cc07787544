import { internalError } from "../../diagnostics/internal-error.ts";
import { binaryType, dateType, doubleType, intType, longType, stringType, timestampType, type DataType, type TypeKind } from "../../ir/types/data-type.ts";
import { resolvedStrict, wrongArity, wrongType } from "./operand.ts";
import type { EmittedArgument, ScalarFunction } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";

/**
 * What a parameter takes. Arguments of other types are converted where Spark converts them by itself (ImplicitCastInputTypes); `narrow int`
 * takes no long, and the `exact` ones take their own type alone (ExpectsInputTypes).
 */
export type ParameterKind = "text" | "bytes" | "int" | "narrow int" | "long" | "double" | "date" | "timestamp" | "exact long" | "exact date" | "exact timestamp";

interface ParameterRule {
  readonly type: DataType;
  readonly takes: ReadonlySet<TypeKind>;
  readonly expected: string;
}

const numbers: readonly TypeKind[] = ["int", "long", "float", "double", "decimal", "string", "null", "error"];
const times: readonly TypeKind[] = ["date", "timestamp", "string", "null", "error"];
const rules: Readonly<Record<ParameterKind, ParameterRule>> = {
  text: { type: stringType, takes: new Set([...numbers, "boolean", "date", "timestamp", "binary"]), expected: "a string" },
  bytes: { type: binaryType, takes: new Set(["binary", "string", "null", "error"]), expected: "bytes or a string" },
  int: { type: intType, takes: new Set(numbers), expected: "an int" },
  long: { type: longType, takes: new Set(numbers), expected: "a whole number" },
  double: { type: doubleType, takes: new Set(numbers), expected: "a number" },
  date: { type: dateType, takes: new Set(times), expected: "a date or timestamp" },
  timestamp: { type: timestampType, takes: new Set(times), expected: "a timestamp" },
  "narrow int": { type: intType, takes: new Set(["int", "string", "null", "error"]), expected: "an int" },
  "exact long": { type: longType, takes: new Set(["int", "long", "null", "error"]), expected: "an int or long" },
  "exact date": { type: dateType, takes: new Set(["date", "null", "error"]), expected: "a date" },
  "exact timestamp": { type: timestampType, takes: new Set(["timestamp", "null", "error"]), expected: "a timestamp" },
};

/** Signatures of fixed parameters, the last ones of which may be left out. */
export interface Parameters {
  readonly required: readonly ParameterKind[];
  readonly optional?: readonly ParameterKind[];
}

/** Resolves a call whose parameters do not depend on each other. Null in any argument gives null. */
export function resolveParameters(operands: readonly Operand[], parameters: Parameters, result: DataType): Resolution {
  const kinds = [...parameters.required, ...(parameters.optional ?? [])];
  if (operands.length < parameters.required.length || operands.length > kinds.length) return wrongArity(arityText(parameters.required.length, kinds.length));
  const types: DataType[] = [];
  for (const [at, operand] of operands.entries()) {
    const rule = rules[kinds[at] ?? "text"];
    if (!rule.takes.has(operand.type.kind)) return wrongType(at, rule.expected);
    types.push(rule.type);
  }
  return resolvedStrict(operands, types, result);
}

/** Whether an argument of this type is converted to the parameter by itself. */
export function fitsParameter(type: DataType, kind: ParameterKind): boolean {
  return rules[kind].takes.has(type.kind);
}

/** Whether a call that gives null for null may do so. */
export function anyNullable(operands: readonly Operand[]): boolean {
  return operands.some((operand) => operand.nullable);
}

/** The value of a constant string argument. */
export function constantText(argument: Operand | EmittedArgument | undefined): string | undefined {
  const value = argument?.constant?.value;
  return typeof value === "string" ? value : undefined;
}

/** The value of a constant int argument. */
export function constantInt(argument: Operand | EmittedArgument | undefined): number | undefined {
  const value = argument?.constant?.value;
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

/** An argument that the signature promises. */
export function argumentAt(args: readonly EmittedArgument[], at: number): EmittedArgument {
  return args[at] ?? internalError("E9003", `a call without its argument ${at + 1}`);
}

/** For `canFail`. */
export function never(): boolean {
  return false;
}

/** For `canFail`. */
export function always(): boolean {
  return true;
}

/** For `canFail`: only where one of these arguments is given and no literal, which `resolve` would have checked. */
export function unlessConstant(...positions: readonly number[]): ScalarFunction["canFail"] {
  return (args, _result, constants) => positions.some((at) => at < args.length && constants?.[at] === undefined);
}

function arityText(least: number, most: number): string {
  const noun = most === 1 ? "argument" : "arguments";
  if (least === most) return `${least} ${noun}`;
  return most === least + 1 ? `${least} or ${most} ${noun}` : `${least} to ${most} ${noun}`;
}
