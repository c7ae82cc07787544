import { callCode, mathFunction, runtime, type Code } from "../../code/index.ts";
import { doubleType } from "../../ir/types/data-type.ts";
import { resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** What differs between the functions from doubles to a double. */
interface DoubleFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Of arguments: 1 unless said. */
  readonly arity?: 0 | 1 | 2;
  /** Null outside the domain. */
  readonly isPartial?: boolean;
  readonly emit: (...args: readonly Code[]) => Code;
}

/** A function from doubles to a double: other numbers and strings are taken as doubles (Spark's UnaryMathExpression and BinaryMathExpression). */
export function doubleFunction({ name, aliases, summary, arity = 1, isPartial = false, emit }: DoubleFunction): ScalarFunction {
  return {
    name,
    ...(aliases === undefined ? {} : { aliases }),
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const resolution = resolveParameters(operands, { required: Array.from({ length: arity }, () => "double" as const) }, doubleType);
      return resolution.ok && isPartial ? { ...resolution, nullable: true } : resolution;
    },
    canFail: () => false,
    emit: (args) => emit(...args.map((arg) => arg.code)),
  };
}

/** JavaScript's own function, where it gives what Java's does to the last digit. */
export function ofMath(name: string): (...args: readonly Code[]) => Code {
  return (...args) => callCode(mathFunction(name), ...args);
}

/** A kernel of the runtime, where it does not. */
export function ofKernel(name: string): (...args: readonly Code[]) => Code {
  return (...args) => callCode(runtime(name), ...args);
}
