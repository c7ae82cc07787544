import { importedArgumentCount, importedArgumentType } from "../../diagnostics/catalogue/imports.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { literals, userCall } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Span } from "../../source/span.ts";
import { resultTypeFor } from "../user-functions/result-type-for.ts";
import type { ReadSignature } from "../user-functions/read-signature.ts";
import { takes } from "../user-functions/takes.ts";
import { bindArguments } from "./bind-call.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import { conversion, rowArgument } from "./row-argument.ts";
import { entriesNamed } from "./scope.ts";
import { typeWords } from "./type-words.ts";

/** A call of an imported function, checked against the signature in its TypeScript source; with `*` as its argument it is called with the row. */
export function bindUserCall(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const name = node.callee.text;
  if (isOfRow(node)) {
    const signature = job.functions.signature(name);
    return signature === undefined ? poison(node.span) : callOf(signature, [rowArgument(signature, context.scope, node.span, job)], node.span, node.callee.span, context);
  }
  const args = bindArguments(node, context);
  const signature = job.functions.signature(name);
  if (args === undefined || signature === undefined) return poison(node.span);
  const { parameters } = signature.ref;
  if (args.length < signature.required || args.length > parameters.length) {
    const expected = countWords(signature.required, parameters.length);
    job.report(importedArgumentCount({ name, expected, found: args.length }).at(node.span).also(signature.span, `takes ${expected}`, signature.file));
    return poison(node.span);
  }
  return callOf(signature, args.map((arg, index) => fit(arg, index, node, signature, context)), node.span, node.callee.span, context);
}

/** A call of a function whose arguments are known to fit; `at` is where the job names it. A function that returns what it is given gives rows of that schema. */
export function callOf(signature: ReadSignature, args: readonly Expr[], span: Span, at: Span, { job }: Pick<ExprContext, "job">): Expr {
  job.functions.checkRepeats(signature.ref.name, [signature.node], at);
  if (args.some(isPoisoned)) return poison(span);
  const { ref } = signature;
  const type = resultTypeFor(signature, args.map((arg) => arg.type));
  return userCall(type === ref.returns.type ? ref : { ...ref, returns: { ...ref.returns, type } }, args, span);
}

/** A bare name that no column has and a function of a row has, as a group key: `group by destination`. Undefined where the name is none. */
export function bindFunctionKey(name: string, span: Span, context: ExprContext): Expr | undefined {
  const { job, scope } = context;
  if (entriesNamed(scope, name).length > 0 || job.params.has(name) || !job.declarations.functions.has(name) || job.functions.isAggregate(name)) return undefined;
  const signature = job.functions.signature(name);
  return signature === undefined ? poison(span) : callOf(signature, [rowArgument(signature, scope, span, job)], span, span, context);
}

function isOfRow({ args, where }: CallExpression): boolean {
  const [only, second] = args;
  return only !== undefined && second === undefined && where === undefined && only.value.kind === "StarExpression" && only.value.base === undefined && only.name === undefined && !only.distinct && only.asType === undefined;
}

function fit(arg: Expr, index: number, node: CallExpression, signature: ReadSignature, { job }: ExprContext): Expr {
  const parameter = signature.ref.parameters[index];
  const place = signature.parameterPlaces[index];
  if (isPoisoned(arg) || parameter === undefined || place === undefined) return poison(arg.origin);
  if (arg.type.kind === "null") return literals.null(parameter.type, arg.origin);
  // A null argument is the call's to say: it gives null where the parameter takes none.
  const misfit = takes({ type: arg.type, nullable: false }, parameter.shape);
  if (misfit === undefined) return arg;
  const path = misfit.path.replace(/^\./, "");
  const whole = path === "";
  const field = signature.fieldPlaces[index]?.get(path);
  const { span, file, typeText } = field ?? place;
  const found = misfit.why === "missing" ? "a record without it" : misfit.why === "null" ? "one that may be null" : typeWords(misfit.found);
  const diagnostic = importedArgumentType({ name: node.callee.text, parameter: whole ? parameter.name : `${parameter.name}${path.startsWith("[") ? "" : "."}${path}`, expected: whole || field !== undefined ? `a ${typeText}` : "a value", found })
    .at(arg.origin ?? node.span)
    .labelled(whole ? `this is ${found}` : `this is ${typeWords(arg.type)}`)
    .also(span, `\`${whole || field === undefined ? parameter.name : path}\` is declared as ${typeText}`, file);
  const to = whole ? conversion(misfit.found.kind, misfit.wanted.kind) : undefined;
  const help = misfit.why === "null" ? "declare it with `| null`" : misfit.why === "missing" ? "declare it optional" : to === undefined ? undefined : `write \`cast(… as ${to})\``;
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return poison(arg.origin);
}

function countWords(least: number, most: number): string {
  if (most === 0) return "no arguments";
  const count = least === most ? `${most}` : `${least} to ${most}`;
  return `${count} argument${most === 1 ? "" : "s"}`;
}
