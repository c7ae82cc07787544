import { findAggregate } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { aggregateOutside, asTypeMisplaced, misplacedStar, namedArgument, nestedAggregate } from "../../diagnostics/catalogue/types.ts";
import type { Argument, CallExpression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { reportUnresolved } from "./apply-function.ts";
import { bindCondition, bindExpr } from "./bind-expr.ts";
import { coerce } from "./coerce.ts";
import type { ExprContext } from "./expr-context.ts";
import { operandOf } from "./operand.ts";
import { isPoisoned, poison } from "./poison.ts";

/** An aggregate call: its arguments are bound over the rows that are aggregated, the call becomes a column of the aggregate. */
export function bindAggregateCall(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const fn = findAggregate(node.callee.text) ?? internalError("E9002", `the catalogue has no aggregate \`${node.callee.text}\``);
  const inside: ExprContext = { ...context, scope: context.aggregates?.input ?? context.scope, aggregates: undefined, insideAggregate: node.callee.text };
  const bound = node.args.map((argument) => bindArgument(argument, node, inside));
  const where = node.where === undefined ? undefined : bindCondition(node.where, inside);
  if (context.aggregates === undefined) {
    const name = node.callee.text;
    if (context.insideAggregate !== undefined) {
      job.report(nestedAggregate({ name }).at(node.span).helped("compute the inner one in an `aggregate` step of its own"));
    } else {
      job.report(aggregateOutside({ name }).at(node.span).helped(`write \`|> aggregate ${name}(…) as n group by …\``));
    }
    return poison(node.span);
  }
  const args = bound.filter((arg) => arg !== "star");
  if (args.length < bound.length && (bound.length > 1 || fn.name !== "count")) {
    job.report(misplacedStar({}).at(node.span));
    return poison(node.span);
  }
  if (args.some(isPoisoned) || (where !== undefined && isPoisoned(where))) return poison(node.span);
  const resolution = fn.resolve(args.map((arg) => operandOf(arg)));
  if (!resolution.ok) {
    reportUnresolved(resolution, fn.name, args, node.callee.span, job);
    return poison(node.span);
  }
  if (node.args.some((argument) => argument.distinct)) {
    job.report(notInThisVersion({ what: `\`${fn.name}(distinct …)\`` }).at(node.span));
    return poison(node.span);
  }
  return context.aggregates.take({
    name: fn.name,
    args: args.map((arg, index) => coerce(arg, resolution.parameters[index] ?? arg.type)),
    distinct: false,
    where,
    type: resolution.type,
    nullable: resolution.nullable,
    origin: node.span,
  });
}

function bindArgument(argument: Argument, node: CallExpression, context: ExprContext): Expr | "star" {
  const name = node.callee.text;
  if (argument.name !== undefined) context.job.report(namedArgument({ name, argument: argument.name.text }).at(argument.name.span).helped("leave the name out"));
  if (argument.asType !== undefined) context.job.report(asTypeMisplaced({ message: `\`${name}\` takes no type` }).at(argument.asType.span));
  if (argument.value.kind === "StarExpression" && argument.value.base === undefined) return "star";
  return bindExpr(argument.value, context);
}
