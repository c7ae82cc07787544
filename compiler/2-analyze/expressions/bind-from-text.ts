import { csvReadingOptions } from "../../catalog/functions/csv-text-options.ts";
import { jsonReadingOptions, jsonWritingOptions } from "../../catalog/functions/json-text-options.ts";
import { findScalar } from "../../catalog/functions/registry.ts";
import { unknownSchema } from "../../diagnostics/catalogue/names.ts";
import { asTypeMisplaced, wrongArgumentCount } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CallExpression, Expression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { resolveType } from "../declarations/resolve-type.ts";
import { applyFunction } from "./apply-function.ts";
import { bindArguments } from "./bind-call.ts";
import { bindExpr } from "./bind-expr.ts";
import { bindTextOptions } from "./bind-text-options.ts";
import type { ExprContext } from "./expr-context.ts";
import { poison } from "./poison.ts";

/** The options of the functions that read a record from a text. */
export const textReadingOptions = { from_csv: csvReadingOptions, from_json: jsonReadingOptions } as const;

/** `from_json(text, Schema)` and `from_json(text as { … })`, with options by name behind them; `from_csv` likewise. */
export function bindFromText(name: "from_csv" | "from_json", node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const [text, second] = node.args;
  const schema = second?.name === undefined ? second : undefined;
  if (text === undefined) {
    job.report(wrongArgumentCount({ name, expected: "a text and a schema", found: node.args.length }).at(node.callee.span));
    return poison(node.span);
  }
  const value = bindExpr(text.value, context);
  const type = text.asType !== undefined && schema === undefined ? resolveType(text.asType, job.types).type : text.asType === undefined && schema !== undefined ? schemaNamed(schema.value, context) : undefined;
  if (type === undefined) {
    job.report(asTypeMisplaced({ message: `\`${name}\` needs to know what the text holds` }).at(node.span).helped(`write \`${name}(text, Schema)\` or \`${name}(text as { … })\``));
    return poison(node.span);
  }
  if (type.kind === "error") return poison(node.span);
  const fn = findScalar(name) ?? internalError("E9002", `the catalogue has no ${name}`);
  const options = bindTextOptions(name, node.args.slice(schema === undefined ? 1 : 2), textReadingOptions[name], context);
  return options === undefined ? poison(node.span) : applyFunction(fn, [value, ...options], node.span, node.callee.span, job, type);
}

/** `to_json(value)` and `to_json(value, ignoreNullFields: false)`. */
export function bindToJson(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const plain = bindArguments({ ...node, args: node.args.filter((argument, at) => at === 0 || argument.name === undefined) }, context);
  const options = bindTextOptions("to_json", node.args.filter((argument, at) => at > 0 && argument.name !== undefined), jsonWritingOptions, context);
  if (plain === undefined || options === undefined) return poison(node.span);
  const fn = findScalar("to_json") ?? internalError("E9002", "the catalogue has no to_json");
  return applyFunction(fn, plain.length === 1 ? [...plain, ...options] : plain, node.span, node.callee.span, job);
}

function schemaNamed(node: Expression, { job }: ExprContext): DataType | undefined {
  if (node.kind !== "NameExpression") return undefined;
  const name = node.name.text;
  if (!job.declarations.schemas.has(name)) {
    const help = suggestion(name, job.declarations.schemas.keys(), "schemas");
    const diagnostic = unknownSchema({ name }).at(node.span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return { kind: "error" };
  }
  return job.types.schema(name) ?? { kind: "error" };
}
