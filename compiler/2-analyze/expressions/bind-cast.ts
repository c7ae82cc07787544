import { specialDatetime } from "../../catalog/casts/special-datetime.ts";
import { canCast, castGivesNull } from "../../catalog/types/index.ts";
import { asTypeMisplaced, impossibleCast } from "../../diagnostics/catalogue/types.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { cast, literal } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { sameType, typeText } from "../../ir/types/data-type.ts";
import { resolveType } from "../declarations/resolve-type.ts";
import { bindExpr } from "./bind-expr.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** `cast(x as T)`, `try_cast(x as T)`. */
export function bindCast(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const [argument, ...more] = node.args;
  const safe = node.callee.text === "try_cast";
  const value = argument === undefined ? undefined : bindExpr(argument.value, context);
  for (const { value: extra } of more) bindExpr(extra, context);
  if (argument === undefined || value === undefined || argument.asType === undefined || more.length > 0) {
    job.report(asTypeMisplaced({ message: `\`${node.callee.text}\` takes one value and its type` }).at(node.span).helped(`write \`${node.callee.text}(x as int)\``));
    return poison(node.span);
  }
  const { type } = resolveType(argument.asType, job.types);
  if (isPoisoned(value) || type.kind === "error") return poison(node.span);
  if (value.kind === "Literal" && value.value === null && canCast(value.type, type) !== "never") return literal(null, type, node.span);
  const special = value.kind === "Literal" && typeof value.value === "string" ? specialDatetime(value.value, type) : undefined;
  if (special !== undefined) return literal(special, type, node.span);
  // A cast of a literal is no literal, whose digits would decide a decimal's type.
  if (sameType(value.type, type)) return value.kind === "Literal" ? cast(value, type, safe, node.span) : { ...value, origin: node.span };
  if (canCast(value.type, type) === "never") {
    job.report(impossibleCast({ from: typeWords(value.type), to: typeText(type) }).at(argument.value.span));
    return poison(node.span);
  }
  const result = cast(value, type, safe, node.span);
  return castGivesNull(value.type, type) ? { ...result, nullable: true } : result;
}
