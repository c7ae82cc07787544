import { internalError } from "../../diagnostics/internal-error.ts";
import type { Expr, UserCall } from "../../ir/expr/expr.ts";
import { pyCall, pyConstant, pyName, type Py } from "../python/py.ts";
import type { SparkFunctions } from "./spark-functions.ts";

/** A call of an imported function as a Column. What is computed for it under a guard is computed only where that holds. */
export function writeCall(call: UserCall, guard: Py | undefined, column: (expr: Expr) => Py, functions: SparkFunctions | undefined): Py {
  const { function: fn, args } = functions?.call(call) ?? internalError("E9007", `the program has no function \`${call.function.name}\``);
  const values = args.map((arg) => (guard === undefined || arg.kind === "ColumnRef" || arg.kind === "Literal" ? column(arg) : pyCall(pyName("F.when"), [guard, column(arg)])));
  // Spark asks for a column at least.
  const given = values.length > 0 ? values : [pyCall(pyName("F.lit"), [pyConstant(true)])];
  return pyCall(fn.name, given, guard === undefined ? {} : { where: guard });
}
