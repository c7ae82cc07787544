import { binary, callCode, type Code, numberCode, runtime } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { DataType, DecimalType } from "../../ir/types/data-type.ts";
import { type ArithmeticOperator, isPlainDecimal } from "./arithmetic-signature.ts";
import type { EmittedArgument } from "./scalar-function.ts";

const verbs: Readonly<Record<ArithmeticOperator, string>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "remainder" };

/** Arithmetic on two numbers of the types that `resolveArithmetic` asked for. Doubles use the plain operators where they are exact. */
export function emitArithmetic(operator: ArithmeticOperator, args: readonly EmittedArgument[], result: DataType): Code {
  const [left, right] = args;
  if (left === undefined || right === undefined) return internalError("E9003", `${operator} without two operands`);
  switch (result.kind) {
    case "int":
      return kernel(`${verbs[operator]}Int`, left.code, right.code);
    case "long":
      return kernel(`${verbs[operator]}Long`, left.code, right.code);
    case "float":
      return kernel("nearestFloat", emitDouble(operator, left, right));
    case "double":
      return emitDouble(operator, left, right);
    case "decimal":
      return emitDecimal(operator, left, right, result);
    default:
      return internalError("E9003", `${operator} of ${result.kind}`);
  }
}

/** Whether arithmetic with this result may fail: all but sums and products of doubles, and of decimals that always fit. */
export function arithmeticCanFail(operator: ArithmeticOperator, result: DataType): boolean {
  if (operator === "/" || operator === "%") return true;
  if (result.kind === "double" || result.kind === "float") return false;
  return result.kind !== "decimal" || result.precision >= 38;
}

function emitDouble(operator: ArithmeticOperator, left: EmittedArgument, right: EmittedArgument): Code {
  if (operator === "/" || operator === "%") {
    const divisor = right.constant?.value;
    const safe = typeof divisor === "number" && divisor !== 0;
    return safe ? binary(operator, left.code, right.code) : kernel(`${verbs[operator]}Double`, left.code, right.code);
  }
  return binary(operator, left.code, right.code);
}

function emitDecimal(operator: ArithmeticOperator, left: EmittedArgument, right: EmittedArgument, result: DecimalType): Code {
  if (left.type.kind !== "decimal" || right.type.kind !== "decimal") return internalError("E9003", "decimal arithmetic on other types");
  const [a, b] = [left.type, right.type];
  if (operator === "/") {
    return kernel("divideDecimal", left.code, right.code, numberCode(result.scale - a.scale + b.scale), numberCode(result.precision));
  }
  const name = `${verbs[operator]}Decimal`;
  if (isPlainDecimal(operator, a, b, result)) return kernel(name, left.code, right.code);
  const type = [numberCode(result.precision), numberCode(result.scale)];
  if (operator === "*") return kernel(`${name}Scaled`, left.code, right.code, numberCode(a.scale + b.scale), ...type);
  return kernel(`${name}Scaled`, left.code, numberCode(a.scale), right.code, numberCode(b.scale), ...type);
}

function kernel(name: string, ...args: readonly Code[]): Code {
  return callCode(runtime(name), ...args);
}
