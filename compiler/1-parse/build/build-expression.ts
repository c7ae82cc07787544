import type { IToken } from "chevrotain";
import type {
  AdditiveCstNode, ArgumentCstNode, ArgumentsCstNode, CallCstNode, CaseExpressionCstNode, ComparisonCstNode, ConjunctionCstNode,
  ExpressionCstNode, IsTestCstNode, MultiplicativeCstNode, NameOrCallCstNode, NegationCstNode, PostfixCstNode, PrimaryCstNode,
  UnaryCstNode,
} from "../../../grammar/cst.generated.ts";
import { nestingLimit } from "../../../grammar/rules/recovery-rules.ts";
import { nestingTooDeep } from "../../diagnostics/catalogue/syntax.ts";
import type { Argument, BinaryOperator, CallExpression, Expression } from "../../ir/ast/index.ts";
import { cover, type Span } from "../../source/span.ts";
import { nameOf, nodeSpan, only, tokenSpan, type BuildContext } from "./build-context.ts";
import { buildDuration, buildFieldName, buildLiteral, buildNameExpression } from "./build-literal.ts";
import { buildType } from "./build-type.ts";
import { mayBeOffset, signedOffset } from "./signed-offset.ts";
import { connect, fold } from "./operator-chain.ts";

export function buildExpression(node: ExpressionCstNode, context: BuildContext): Expression {
  const { conjunction, Or = [] } = node.children;
  return connect("or", conjunction.map((operand) => [buildConjunction(operand, context), nodeSpan(operand)]), Or);
}

function buildConjunction(node: ConjunctionCstNode, context: BuildContext): Expression {
  const { negation, And = [] } = node.children;
  return connect("and", negation.map((operand) => [buildNegation(operand, context), nodeSpan(operand)]), And);
}

function buildNegation(node: NegationCstNode, context: BuildContext): Expression {
  const { Not = [], comparison } = node.children;
  return prefixed(Not, buildComparison(only(comparison), context), nodeSpan(node), context);
}

/** Applies prefix operators, the last one first. */
function prefixed(operators: readonly IToken[], operand: Expression, span: Span, context: BuildContext): Expression {
  if (operators.length > nestingLimit) {
    context.report(nestingTooDeep({ limit: nestingLimit }).at(span));
    return { kind: "MissingExpression", span };
  }
  return operators.reduceRight<Expression>((inner, token) => {
    const operator = token.image === "-" ? "-" : token.image === "+" ? "+" : "not";
    return { kind: "UnaryExpression", span: { start: token.startOffset, end: span.end }, operator, operand: inner };
  }, operand);
}

const comparisonOperators: Readonly<Record<string, BinaryOperator>> = {
  "=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
};

function buildComparison(node: ComparisonCstNode, context: BuildContext): Expression {
  const { additive, comparisonOperator, right, isTest, Not, betweenTest, inList, patternTest } = node.children;
  const left = buildAdditive(only(additive), context);
  const span = nodeSpan(node);
  const negated = Not !== undefined;
  if (comparisonOperator) {
    const token = only(only(comparisonOperator).children.operator);
    const operator = comparisonOperators[token.image] ?? "=";
    return { kind: "BinaryExpression", span, operator, operatorSpan: tokenSpan(token), left, right: buildAdditive(only(right), context) };
  }
  if (isTest) return buildIsTest(only(isTest), left, span, context);
  if (betweenTest) {
    const { low, high } = only(betweenTest).children;
    return { kind: "BetweenExpression", span, operand: left, negated, low: buildAdditive(only(low), context), high: buildAdditive(only(high), context) };
  }
  if (inList) {
    const items = only(inList).children.expression.map((item) => buildExpression(item, context));
    return { kind: "InExpression", span, operand: left, negated, items };
  }
  if (patternTest) {
    const { operator, additive: pattern } = only(patternTest).children;
    const token = only(operator);
    const word = token.image === "rlike" ? "rlike" : "like";
    const operatorSpan = Not ? cover(tokenSpan(only(Not)), tokenSpan(token)) : tokenSpan(token);
    return { kind: "BinaryExpression", span, operator: negated ? `not ${word}` : word, operatorSpan, left, right: buildAdditive(only(pattern), context) };
  }
  return left;
}

function buildIsTest(node: IsTestCstNode, operand: Expression, span: Span, context: BuildContext): Expression {
  const { Not, Null, True, additive } = node.children;
  const test = additive ? "distinct from" : Null ? "null" : True ? "true" : "false";
  const other = additive ? buildAdditive(only(additive), context) : undefined;
  return { kind: "IsExpression", span, operand, negated: Not !== undefined, test, other };
}

function buildAdditive(node: AdditiveCstNode, context: BuildContext): Expression {
  const { multiplicative, operator = [] } = node.children;
  return fold(multiplicative.map((operand) => [buildMultiplicative(operand, context), nodeSpan(operand)]), operator, context);
}

function buildMultiplicative(node: MultiplicativeCstNode, context: BuildContext): Expression {
  const { unary, operator = [] } = node.children;
  return fold(unary.map((operand) => [buildUnary(operand, context), nodeSpan(operand)]), operator, context);
}

function buildUnary(node: UnaryCstNode, context: BuildContext): Expression {
  const { operator = [], postfix } = node.children;
  return prefixed(operator, buildPostfix(only(postfix), context), nodeSpan(node), context);
}

function buildPostfix(node: PostfixCstNode, context: BuildContext): Expression {
  const { primary, member = [], index = [] } = node.children;
  const { start } = nodeSpan(node);
  if (member.length + index.length > nestingLimit) {
    context.report(nestingTooDeep({ limit: nestingLimit }).at(nodeSpan(node)));
    return { kind: "MissingExpression", span: nodeSpan(node) };
  }
  const suffixes = [...member, ...index].sort((a, b) => nodeSpan(a).start - nodeSpan(b).start);
  let base = buildPrimary(only(primary), context);
  for (const suffix of suffixes) {
    const span = { start, end: nodeSpan(suffix).end };
    if (suffix.name === "index") {
      base = { kind: "IndexExpression", span, base, index: buildExpression(only(suffix.children.expression), context) };
    } else if (suffix.children.Star) {
      base = { kind: "StarExpression", span, base };
    } else {
      base = { kind: "MemberExpression", span, base, member: nameOf(only(suffix.children.Name ?? suffix.children.Reserved)) };
    }
  }
  return base;
}

function buildPrimary(node: PrimaryCstNode, context: BuildContext): Expression {
  const { literal, caseExpression, parenthesised, arrayLiteral, recordLiteral, nameOrCall } = node.children;
  const span = nodeSpan(node);
  if (literal) return buildLiteral(only(literal), context);
  if (caseExpression) return buildCase(only(caseExpression), context);
  if (parenthesised) return buildExpression(only(only(parenthesised).children.expression), context);
  if (arrayLiteral) {
    const items = (only(arrayLiteral).children.expression ?? []).map((item) => buildExpression(item, context));
    return { kind: "ArrayExpression", span, items };
  }
  if (recordLiteral) {
    const fields = (only(recordLiteral).children.recordEntry ?? []).map(({ children }) => ({
      name: buildFieldName(only(children.fieldName), context),
      value: buildExpression(only(children.expression), context),
    }));
    return { kind: "RecordExpression", span, fields };
  }
  return buildNameOrCall(only(nameOrCall), context);
}

function buildCase(node: CaseExpressionCstNode, context: BuildContext): Expression {
  const { subject, whenClause, otherwise } = node.children;
  return {
    kind: "CaseExpression",
    span: nodeSpan(node),
    subject: subject && buildExpression(only(subject), context),
    clauses: whenClause.map(({ children }) => ({
      when: buildExpression(only(children.when), context),
      then: buildExpression(only(children.then), context),
    })),
    otherwise: otherwise && buildExpression(only(otherwise), context),
  };
}

function buildNameOrCall(node: NameOrCallCstNode, context: BuildContext): Expression {
  const { Name, arguments: list } = node.children;
  // What a habit of another language left in place of an expression.
  if (only(Name).image === "") return { kind: "MissingExpression", span: nodeSpan(node) };
  return list ? callOf(only(Name), only(list), nodeSpan(node), context) : buildNameExpression(only(Name));
}

export function buildCall(node: CallCstNode, context: BuildContext): CallExpression {
  return callOf(only(node.children.Name), only(node.children.arguments), nodeSpan(node), context);
}

function callOf(callee: IToken, list: ArgumentsCstNode, span: Span, context: BuildContext): CallExpression {
  const { argument = [], expression } = list.children;
  return {
    kind: "CallExpression",
    span,
    callee: nameOf(callee),
    args: argument.map((node) => buildArgument(node, context)).map((built, at) => (mayBeOffset(callee, at) ? signedOffset(built) : built)),
    where: expression && buildExpression(only(expression), context),
  };
}

function buildArgument(node: ArgumentCstNode, context: BuildContext): Argument {
  const { label, keyword, duration, Star, Distinct, expression, type } = node.children;
  const span = nodeSpan(node);
  const named = label ?? keyword;
  const value: Expression = Star
    ? { kind: "StarExpression", span, base: undefined }
    : duration
      ? buildDuration(only(duration), context)
      : buildExpression(only(expression), context);
  return {
    span,
    name: named && nameOf(only(named)),
    keyword: keyword !== undefined,
    distinct: Distinct !== undefined,
    value,
    asType: type && buildType(only(type), context),
  };
}
