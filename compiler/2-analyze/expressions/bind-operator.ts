import { findScalar } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { BetweenExpression, BinaryExpression, InExpression, IsExpression, UnaryExpression } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Span } from "../../source/span.ts";
import { applyFunction } from "./apply-function.ts";
import { bindExpr } from "./bind-expr.ts";
import { bindNumber } from "./bind-literal.ts";
import { bindMonths, monthsStep } from "./bind-months.ts";
import type { ExprContext } from "./expr-context.ts";

/** Applies an operator of the catalogue to bound operands. `at` is what a message points to if no operand is to blame. */
export function applyOperator(name: string, args: readonly Expr[], origin: Span, at: Span, context: ExprContext): Expr {
  const operator = findScalar(name) ?? internalError("E9002", `the catalogue has no operator \`${name}\``);
  return applyFunction(operator, args, origin, at, context.job);
}

/** A sign before a literal belongs to the literal. */
export function bindUnary(node: UnaryExpression, context: ExprContext): Expr {
  const { operator, operand, span } = node;
  if (operator === "-" && operand.kind === "NumberLiteral") return bindNumber(operand, true, span, context.job);
  const value = bindExpr(operand, context);
  if (operator === "-" && value.kind === "Literal" && value.type.kind === "duration" && typeof value.value === "number") return literals.duration(-value.value, span);
  switch (operator) {
    case "not":
      return applyOperator("not", [value], span, span, context);
    case "-":
      return applyOperator("negate", [value], span, span, context);
    case "+":
      // A plus sign changes nothing; what cannot be negated cannot have one either.
      applyOperator("negate", [value], span, span, context);
      return value;
  }
}

export function bindBinary(node: BinaryExpression, context: ExprContext): Expr {
  const { operator, operatorSpan, span } = node;
  const months = monthsStep(operator, node.left, node.right);
  if (months !== undefined) return bindMonths(months, span, context, (name, args) => applyOperator(name, args, span, operatorSpan, context));
  const args = [bindExpr(node.left, context), bindExpr(node.right, context)];
  if (operator === "not like" || operator === "not rlike") {
    return applyOperator("not", [applyOperator(operator.slice(4), args, span, operatorSpan, context)], span, operatorSpan, context);
  }
  return applyOperator(operator, args, span, operatorSpan, context);
}

export function bindIs(node: IsExpression, context: ExprContext): Expr {
  const operand = bindExpr(node.operand, context);
  const others = node.other === undefined ? [] : [bindExpr(node.other, context)];
  return applyOperator(`is ${node.negated ? "not " : ""}${node.test}`, [operand, ...others], node.span, node.span, context);
}

/** `x between a and b` is `x >= a and x <= b`. */
export function bindBetween(node: BetweenExpression, context: ExprContext): Expr {
  const { span } = node;
  const operand = bindExpr(node.operand, context);
  const low = applyOperator(">=", [operand, bindExpr(node.low, context)], span, span, context);
  const high = applyOperator("<=", [operand, bindExpr(node.high, context)], span, span, context);
  const inside = applyOperator("and", [low, high], span, span, context);
  return node.negated ? applyOperator("not", [inside], span, span, context) : inside;
}

export function bindIn(node: InExpression, context: ExprContext): Expr {
  const { span } = node;
  const inside = applyOperator("in", [bindExpr(node.operand, context), ...node.items.map((item) => bindExpr(item, context))], span, span, context);
  return node.negated ? applyOperator("not", [inside], span, span, context) : inside;
}
