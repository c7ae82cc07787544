import { importedArgumentCount, importedArgumentType } from "../../diagnostics/catalogue/imports.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { ReadAggregate } from "../user-functions/read-aggregate.ts";
import { takes } from "../user-functions/takes.ts";
import { bindOperands } from "./bind-aggregate-call.ts";
import { coerce } from "./coerce.ts";
import type { ExprContext } from "./expr-context.ts";
import { poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** A call of an imported aggregate: its arguments are held against the parameters of `add`, the call becomes a column of the aggregate. */
export function bindUserAggregate(node: CallExpression, context: ExprContext): Expr {
  const name = node.callee.text;
  const operands = bindOperands(node, false, context);
  const aggregate = context.job.functions.aggregate(name);
  if (operands === undefined || aggregate === undefined) return poison(node.span);
  const { aggregates, args, distinct, where } = operands;
  const { ref } = aggregate;
  if (args.length < aggregate.required || args.length > ref.parameters.length) {
    const expected = countWords(aggregate.required, ref.parameters.length);
    context.job.report(importedArgumentCount({ name, expected, found: args.length }).at(node.span).also(aggregate.place.span, `takes ${expected} behind the state`, aggregate.place.file));
    return poison(node.span);
  }
  const fits = args.map((arg, index) => fit(arg, index, node, aggregate, context));
  if (fits.includes(false)) return poison(node.span);
  context.job.functions.checkRepeats(name, aggregate.members, node.callee.span);
  return aggregates.take({
    name,
    user: ref,
    // A null goes as one of the parameter's type.
    args: args.map((arg, at) => (arg.type.kind === "null" ? coerce(arg, ref.parameters[at]?.type ?? arg.type) : arg)),
    distinct,
    where,
    type: ref.returns.type,
    nullable: ref.returns.nullable,
    ...(distinct ? { keepsValues: true } : ref.retracts ? { isInvertible: true } : {}),
    origin: node.span,
  });
}

/** Whether the rows' values go into a parameter. A value that is null where the parameter takes none leaves its row out, as with a built-in aggregate. */
function fit(arg: Expr, index: number, node: CallExpression, { ref, parameterPlaces }: ReadAggregate, { job }: ExprContext): boolean {
  const parameter = ref.parameters[index];
  const place = parameterPlaces[index];
  if (parameter === undefined || place === undefined) return false;
  const misfit = takes(arg, parameter.shape);
  if (misfit === undefined || (misfit.why === "null" && misfit.path === "")) return true;
  const inner = misfit.path.replace(/^\./, "");
  const found = misfit.why === "missing" ? "a record without it" : misfit.why === "null" ? "one that may be null" : typeWords(misfit.found);
  const diagnostic = importedArgumentType({ name: node.callee.text, parameter: inner === "" ? parameter.name : `${parameter.name}${inner.startsWith("[") ? "" : "."}${inner}`, expected: inner === "" ? `a ${place.typeText}` : "a value", found })
    .at(arg.origin ?? node.span)
    .also(place.span, `\`${parameter.name}\` is declared as ${place.typeText}`, place.file);
  const help =
    misfit.why === "null" ? "declare it with `| null`"
    : misfit.found.kind === "decimal" && misfit.wanted.kind === "number" ? "write `cast(… as double)`"
    : misfit.wanted.kind === "string" && inner === "" ? "write `cast(… as string)`"
    : undefined;
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return false;
}

function countWords(least: number, most: number): string {
  if (most === 0) return "no arguments";
  const count = least === most ? `${most}` : `${least} to ${most}`;
  return `${count} argument${most === 1 ? "" : "s"}`;
}
