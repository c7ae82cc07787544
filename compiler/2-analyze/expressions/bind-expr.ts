import { misplacedStar, duplicateField, typeMismatch } from "../../diagnostics/catalogue/types.ts";
import type { Expression, RecordExpression } from "../../ir/ast/expression.ts";
import { literals, makeRecord } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { booleanType, recordType } from "../../ir/types/data-type.ts";
import { bindCall } from "./bind-call.ts";
import { bindArray, bindCase } from "./bind-case.ts";
import { bindDatetime, bindDuration, bindNumber } from "./bind-literal.ts";
import { bindMember, bindName } from "./bind-name.ts";
import { applyOperator, bindBetween, bindBinary, bindIn, bindIs, bindUnary } from "./bind-operator.ts";
import { coerce } from "./coerce.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** Binds and types an expression. What is wrong is reported, and the whole then has the type `error`. */
export function bindExpr(node: Expression, context: ExprContext): Expr {
  switch (node.kind) {
    case "NumberLiteral":
      return bindNumber(node, false, node.span, context.job);
    case "StringLiteral":
      return literals.string(node.value, node.span);
    case "BooleanLiteral":
      return literals.boolean(node.value, node.span);
    case "NullLiteral":
      return literals.null(undefined, node.span);
    case "DurationLiteral":
      return bindDuration(node, context.job);
    case "DatetimeLiteral":
      return bindDatetime(node, context.job);
    case "NameExpression":
      return bindName(node, context);
    case "MemberExpression":
      return bindMember(node, context);
    case "StarExpression":
      context.job.report(misplacedStar({}).at(node.span));
      return poison(node.span);
    case "IndexExpression":
      return applyOperator("[]", [bindExpr(node.base, context), bindExpr(node.index, context)], node.span, node.span, context);
    case "UnaryExpression":
      return bindUnary(node, context);
    case "BinaryExpression":
      return bindBinary(node, context);
    case "IsExpression":
      return bindIs(node, context);
    case "BetweenExpression":
      return bindBetween(node, context);
    case "InExpression":
      return bindIn(node, context);
    case "CaseExpression":
      return bindCase(node, context);
    case "ArrayExpression":
      return bindArray(node, context);
    case "RecordExpression":
      return bindRecord(node, context);
    case "CallExpression":
      return bindCall(node, context);
    case "MissingExpression":
      return poison(node.span);
  }
}

/** An expression that must be true or false: a filter, a condition. */
export function bindCondition(node: Expression, context: ExprContext): Expr {
  const expr = bindExpr(node, context);
  if (isPoisoned(expr) || expr.type.kind === "boolean") return expr;
  if (expr.type.kind === "null") return coerce(expr, booleanType);
  context.job.report(typeMismatch({ expected: "a boolean", found: typeWords(expr.type) }).at(node.span));
  return poison(node.span);
}

function bindRecord(node: RecordExpression, context: ExprContext): Expr {
  const fields: Field[] = [];
  const values: Expr[] = [];
  for (const { name, value } of node.fields) {
    const expr = bindExpr(value, context);
    if (fields.some((field) => field.name === name.text)) {
      context.job.report(duplicateField({ name: name.text }).at(name.span));
      continue;
    }
    fields.push({ name: name.text, type: expr.type, nullable: expr.nullable });
    values.push(expr);
  }
  return values.some(isPoisoned) ? poison(node.span) : makeRecord(recordType(fields), values, node.span);
}
