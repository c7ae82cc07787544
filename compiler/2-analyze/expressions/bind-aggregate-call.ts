import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import type { AggregateFunction } from "../../catalog/functions/aggregate-function.ts";
import { findAggregate } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { aggregateOutside, asTypeMisplaced, misplacedStar, namedArgument, nestedAggregate, wrongArgumentCount } from "../../diagnostics/catalogue/types.ts";
import type { Argument, CallExpression } from "../../ir/ast/expression.ts";
import { literal } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { reportUnresolved } from "./apply-function.ts";
import { bindCondition, bindExpr } from "./bind-expr.ts";
import { coerce } from "./coerce.ts";
import type { AggregateCollector } from "./aggregate-collector.ts";
import type { ExprContext } from "./expr-context.ts";
import { operandOf } from "./operand.ts";
import { isPoisoned, poison } from "./poison.ts";

/** An aggregate call: its arguments are bound over the rows that are aggregated, the call becomes a column of the aggregate. */
export function bindAggregateCall(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const fn = findAggregate(node.callee.text) ?? internalError("E9002", `the catalogue has no aggregate \`${node.callee.text}\``);
  const bound = bindOperands(node, fn.name === "count", context);
  if (bound === undefined) return poison(node.span);
  const { aggregates, args, distinct, where } = bound;
  const resolution = fn.resolve(args.map((arg) => operandOf(arg, job.timezone)));
  if (!resolution.ok) {
    reportUnresolved(resolution, fn.name, args, node.callee.span, job);
    return poison(node.span);
  }
  const coerced = bindSettings(fn, args, args.map((arg, index) => coerce(arg, resolution.parameters[index] ?? arg.type)), node.callee.span, job);
  if (coerced === undefined) return poison(node.span);
  const isDistinct = distinct && fn.ignoresDuplicates !== true;
  return aggregates.take({
    name: fn.name,
    args: coerced,
    distinct: isDistinct,
    where,
    type: resolution.type,
    nullable: resolution.nullable,
    ...(isDistinct || fn.keepsValues === true ? { keepsValues: true } : fn.changingLane === undefined ? {} : { isInvertible: true }),
    origin: node.span,
  });
}

/** What an aggregate call is written with, bound over the rows that are aggregated. */
export interface AggregateOperands {
  readonly aggregates: AggregateCollector;
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  readonly where: Expr | undefined;
}

/** The operands of an aggregate call; undefined after a report that it stands where none may stand, or is not well written. `takesStar`: it may be called with `*` alone, which is no argument. */
export function bindOperands(node: CallExpression, takesStar: boolean, context: ExprContext): AggregateOperands | undefined {
  const { job } = context;
  const name = node.callee.text;
  const inside: ExprContext = { ...context, scope: context.aggregates?.input ?? context.scope, aggregates: undefined, insideAggregate: name };
  const bound = node.args.map((argument) => bindArgument(argument, node, inside));
  const where = node.where === undefined ? undefined : bindCondition(node.where, inside);
  if (context.aggregates === undefined) {
    if (context.insideAggregate !== undefined) {
      job.report(nestedAggregate({ name }).at(node.span).helped("compute the inner one in an `aggregate` step of its own"));
    } else {
      job.report(aggregateOutside({ name }).at(node.span).helped(`write \`|> aggregate ${name}(…) as n group by …\``));
    }
    return undefined;
  }
  const distinct = node.args.some((argument) => argument.distinct);
  const args = bound.filter((arg) => arg !== "star");
  if (args.length < bound.length && (bound.length > 1 || !takesStar)) {
    job.report(misplacedStar({}).at(node.span));
    return undefined;
  }
  if (args.some(isPoisoned) || (where !== undefined && isPoisoned(where))) return undefined;
  if (distinct && args.length === 0) {
    job.report(wrongArgumentCount({ name, expected: "at least 1 argument", found: 0 }).at(node.callee.span));
    return undefined;
  }
  return { aggregates: context.aggregates, args, distinct, where };
}

/** The arguments with the settings among them as literals; undefined after a report that one is no constant or may not have its value. */
function bindSettings(fn: AggregateFunction, written: readonly Expr[], coerced: readonly Expr[], at: Span, job: JobContext): readonly Expr[] | undefined {
  const settings: LiteralValue[] = [];
  const args: Expr[] = [];
  for (const [index, arg] of coerced.entries()) {
    if (fn.settings?.includes(index) !== true) {
      args.push(arg);
      continue;
    }
    const evaluated = evaluateConstant(arg, job.timezone);
    if (!evaluated.ok) {
      reportUnresolved({ ok: false, problem: "value", argument: index, message: `argument ${index + 1} of \`${fn.name}\` is not a constant` }, fn.name, written, at, job);
      return undefined;
    }
    settings.push(evaluated.value);
    args.push(literal(evaluated.value, arg.type, arg.origin));
  }
  const problem = fn.checkSettings?.(settings);
  if (problem === undefined) return args;
  reportUnresolved(problem, fn.name, written, at, job);
  return undefined;
}

function bindArgument(argument: Argument, node: CallExpression, context: ExprContext): Expr | "star" {
  const name = node.callee.text;
  if (argument.name !== undefined) context.job.report(namedArgument({ name, argument: argument.name.text }).at(argument.name.span).helped("leave the name out"));
  if (argument.asType !== undefined) context.job.report(asTypeMisplaced({ message: `\`${name}\` takes no type` }).at(argument.asType.span));
  if (argument.value.kind === "StarExpression" && argument.value.base === undefined) return "star";
  return bindExpr(argument.value, context);
}
