import type { Unresolved } from "../../catalog/functions/signature.ts";
import type { ScalarFunction } from "../../catalog/functions/scalar-function.ts";
import { badArgumentValue, wrongArgumentCount, wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import { call } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { coerce } from "./coerce.ts";
import { operandOf } from "./operand.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** A call of the catalogue over bound arguments: its signature decides the types, and casts are put in where they differ. */
export function applyFunction(fn: ScalarFunction, args: readonly Expr[], origin: Span, at: Span, job: JobContext, asType?: DataType): Expr {
  if (args.some(isPoisoned)) return poison(origin);
  const resolution = fn.resolve(args.map((arg, index) => operandOf(arg, job.timezone, index === 0 ? asType : undefined)));
  if (!resolution.ok) {
    reportUnresolved(resolution, fn.name, args, at, job);
    return poison(origin);
  }
  const coerced = args.map((arg, index) => coerce(arg, resolution.parameters[index] ?? arg.type));
  // A conversion may give null where the operand was none (an infinite double as a decimal).
  const nullable = resolution.nullable || (fn.nulls === "propagate" && coerced.some((arg) => arg.nullable));
  return call(fn.name, coerced, resolution.type, nullable, fn.volatility, origin);
}

/** Makes a diagnostic of the catalogue's verdict. */
export function reportUnresolved(problem: Unresolved, name: string, args: readonly Expr[], at: Span, job: JobContext): void {
  if (problem.problem === "arity") {
    job.report(wrongArgumentCount({ name, expected: problem.expected, found: args.length }).at(at));
    return;
  }
  const argument = args[problem.argument];
  const where = argument?.origin ?? at;
  if (problem.problem === "value") {
    job.report(badArgumentValue({ message: problem.message }).at(where));
    return;
  }
  const found = argument === undefined ? "nothing" : typeWords(argument.type);
  job.report(wrongArgumentType({ name, expected: problem.expected, found }).at(where));
}
