import type { Expr } from "../../../ir/expr/expr.ts";
import { type Py, pyCall, pyName, pyText } from "../../python/py.ts";

/** `F.call_function("name", a, b)`. */
export function callFunction(name: string, args: readonly Py[]): Py {
  return pyCall(pyName("F.call_function"), [pyText(name), ...args]);
}

/** The text of an argument that is a constant string. */
export function constantText(expr: Expr | undefined): string | undefined {
  return expr?.kind === "Literal" && typeof expr.value === "string" ? expr.value : undefined;
}

/** The operand at a place, which the catalogue's signature has made sure of. */
export function operandAt(args: readonly Expr[], at: number): Expr {
  const arg = args[at];
  if (arg === undefined) throw new RangeError(`a call has no argument ${at}`);
  return arg;
}
