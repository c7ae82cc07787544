import { commonType } from "../../catalog/types/index.ts";
import { noCommonType, typeMismatch } from "../../diagnostics/catalogue/types.ts";
import type { ArrayExpression, CaseExpression } from "../../ir/ast/expression.ts";
import { caseWhen, makeArray } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { booleanType, nullType, typeText } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "./bind-expr.ts";
import { applyOperator } from "./bind-operator.ts";
import { coerce } from "./coerce.ts";
import type { ExprContext } from "./expr-context.ts";
import { operandOf } from "./operand.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** `case x when v` is bound as `x = v`; the results are converted to their common type. */
export function bindCase(node: CaseExpression, context: ExprContext): Expr {
  const subject = node.subject === undefined ? undefined : bindExpr(node.subject, context);
  const clauses = node.clauses.map(({ when, then }) => {
    const test = bindExpr(when, context);
    const condition = subject === undefined ? booleanOnly(test, when.span, context) : applyOperator("=", [subject, test], when.span, when.span, context);
    return { when: condition, then: bindExpr(then, context) };
  });
  const otherwise = node.otherwise === undefined ? undefined : bindExpr(node.otherwise, context);
  const values = [...clauses.map((clause) => clause.then), ...(otherwise === undefined ? [] : [otherwise])];
  const type = commonOf(values, "the results of `case`", context);
  if (type === undefined || clauses.some(({ when }) => isPoisoned(when))) return poison(node.span);
  const coerced = clauses.map(({ when, then }) => ({ when, then: coerce(then, type) }));
  return caseWhen(coerced, otherwise === undefined ? undefined : coerce(otherwise, type), type, node.span);
}

export function bindArray(node: ArrayExpression, context: ExprContext): Expr {
  const items = node.items.map((item) => bindExpr(item, context));
  if (items.length === 0) return makeArray(nullType, [], node.span);
  const element = commonOf(items, "the items of an array", context);
  return element === undefined ? poison(node.span) : makeArray(element, items.map((item) => coerce(item, element)), node.span);
}

function booleanOnly(test: Expr, span: Span, context: ExprContext): Expr {
  if (isPoisoned(test) || test.type.kind === "boolean") return test;
  if (test.type.kind === "null") return coerce(test, booleanType);
  context.job.report(typeMismatch({ expected: "a boolean", found: typeWords(test.type) }).at(span));
  return poison(span);
}

/** The type that all values have in common; undefined after a report. */
export function commonOf(values: readonly Expr[], what: string, context: ExprContext): DataType | undefined {
  if (values.some(isPoisoned)) return undefined;
  const type = commonType(values.map((value) => operandOf(value, context.job.timezone).type));
  if (type !== undefined) return type;
  // The first value that does not go with those before it is the one to point at.
  const odd = values.find((_, index) => commonType(values.slice(0, index + 1).map((value) => value.type)) === undefined);
  const types = [...new Set(values.map((value) => typeText(value.type)))].join(", ");
  if (odd?.origin !== undefined) context.job.report(noCommonType({ what, types }).at(odd.origin).helped("convert with `cast(… as T)`"));
  return undefined;
}
