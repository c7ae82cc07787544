import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { badDefault } from "../../diagnostics/catalogue/types.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { call, cast, literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { stringType } from "../../ir/types/data-type.ts";
import { bindArguments } from "./bind-call.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";

/** `env("NAME", default)`: a text from the environment when the job starts, only as a param's default. */
export function bindEnv(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const args = bindArguments(node, context);
  if (args === undefined || args.some(isPoisoned)) return poison(node.span);
  if (context.place !== "default") {
    job.report(badDefault({ message: "`env` stands only in the default of a param" }).at(node.span).labelled("read here").helped('declare `param name: string = env("NAME", "…")` and name it here'));
    return poison(node.span);
  }
  const [name, otherwise, ...more] = args;
  if (name?.kind !== "Literal" || name.type.kind !== "string" || more.length > 0 || (otherwise !== undefined && otherwise.kind !== "Literal")) {
    job.report(badDefault({ message: "`env` takes the name of a variable and a constant default" }).at(node.span).helped('write `env("NAME", "default")`'));
    return poison(node.span);
  }
  if (otherwise === undefined) return call("env", [name], stringType, false, "start", node.span);
  const evaluated = otherwise.type.kind === "string" || otherwise.value === null ? undefined : evaluateConstant(cast(otherwise, stringType, false), job.timezone);
  const text = evaluated?.ok === true && typeof evaluated.value === "string" ? literals.string(evaluated.value, otherwise.origin) : otherwise;
  return call("env", [name, text], stringType, text.value === null, "start", node.span);
}
