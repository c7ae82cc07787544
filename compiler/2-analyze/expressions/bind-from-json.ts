import { findScalar } from "../../catalog/functions/registry.ts";
import { unknownSchema } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { asTypeMisplaced, wrongArgumentCount } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CallExpression, Expression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { laterType } from "../declarations/later-type.ts";
import { resolveUsedType } from "../declarations/resolve-type.ts";
import { applyFunction } from "./apply-function.ts";
import { bindExpr } from "./bind-expr.ts";
import type { ExprContext } from "./expr-context.ts";
import { poison } from "./poison.ts";

/** `from_json(text, Schema)` and `from_json(text as { … })`. */
export function bindFromJson(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const [text, schema, ...more] = node.args;
  if (text === undefined || more.length > 0) {
    job.report(wrongArgumentCount({ name: "from_json", expected: "a text and a schema", found: node.args.length }).at(node.callee.span));
    return poison(node.span);
  }
  const value = bindExpr(text.value, context);
  const type = text.asType !== undefined && schema === undefined ? resolveUsedType(text.asType, job.types).type : text.asType === undefined && schema !== undefined ? schemaNamed(schema.value, context) : undefined;
  if (type === undefined) {
    job.report(asTypeMisplaced({ message: "`from_json` needs to know what the text holds" }).at(node.span).helped("write `from_json(text, Schema)` or `from_json(text as { … })`"));
    return poison(node.span);
  }
  if (type.kind === "error") return poison(node.span);
  const fn = findScalar("from_json") ?? internalError("E9002", "the catalogue has no from_json");
  return applyFunction(fn, [value], node.span, node.callee.span, job, type);
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
  const type = job.types.schema(name);
  const later = type === undefined ? undefined : laterType(type);
  if (later !== undefined) job.report(notInThisVersion({ what: `the type \`${later}\`` }).at(node.span));
  return type === undefined || later !== undefined ? { kind: "error" } : type;
}
