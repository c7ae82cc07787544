import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { badArgumentValue } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { bindExpr } from "./bind-expr.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned } from "./poison.ts";

/** The options of `from_json`, `to_json` and `from_csv`, `name: value` each with a constant, as arguments: the name before the value. Undefined after a report. */
export function bindTextOptions(fn: string, args: readonly Argument[], specs: readonly OptionSpec[], context: ExprContext): readonly Expr[] | undefined {
  const { job } = context;
  const bound: Expr[] = [];
  let fine = true;
  const refuse = (argument: Argument, message: string, help?: string): void => {
    const diagnostic = badArgumentValue({ message }).at(argument.span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    fine = false;
  };
  for (const argument of args) {
    const name = argument.name?.text;
    const spec = specs.find((candidate) => candidate.name === name);
    const value = bindExpr(argument.value, context);
    const expected = typeof spec?.type === "object" ? spec.type.kind : "string";
    if (isPoisoned(value)) fine = false;
    else if (name === undefined) refuse(argument, `\`${fn}\` takes options by name`, `write \`${specs[0]?.name ?? "name"}: …\``);
    else if (spec === undefined) refuse(argument, `\`${fn}\` has no option \`${name}\``, suggestion(name, specs.map((candidate) => candidate.name), "its options are"));
    else if (value.kind !== "Literal" || value.type.kind !== expected) refuse(argument, `the option \`${name}\` is a constant ${expected}`);
    else {
      const problem = spec.check?.(value.value);
      if (problem !== undefined) refuse(argument, typeof problem === "string" ? problem : problem.message);
      bound.push(literals.string(name, argument.span), value);
    }
  }
  return fine ? bound : undefined;
}
