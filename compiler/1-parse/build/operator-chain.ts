import type { IToken } from "chevrotain";
import { expressionTooLong } from "../../diagnostics/catalogue/syntax.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { BinaryOperator, Expression } from "../../ir/ast/index.ts";
import type { Span } from "../../source/span.ts";
import { tokenSpan, type BuildContext } from "./build-context.ts";

/** An operand with its span including parentheses. */
export type Operand = readonly [expression: Expression, span: Span];

/** More operators in a row than this would make a tree too deep for the phases that walk it. */
const chainLimit = 500;
/** Up to here a chain of `and` or `or` leans left as it is read; longer ones are halved, which means the same. */
const leaningLimit = 64;

const operators: Readonly<Record<string, BinaryOperator>> = { "+": "+", "-": "-", "*": "*", "/": "/", "%": "%", "||": "||" };

/** Combines operands of left-associative operators. */
export function fold(operands: readonly Operand[], tokens: readonly IToken[], context: BuildContext): Expression {
  const [first, ...rest] = operands;
  if (first === undefined) return internalError("E9103", "a chain of operators without operands");
  const start = first[1].start;
  if (rest.length > chainLimit) {
    const span = { start, end: rest.at(-1)?.[1].end ?? start };
    context.report(expressionTooLong({ limit: chainLimit }).at(span).helped("split it with `extend`"));
    return { kind: "MissingExpression", span };
  }
  return rest.reduce<Expression>((left, [right, span], index) => {
    const token = tokens[index] ?? internalError("E9104", "a chain of operators lacks one");
    const operator = operators[token.image] ?? internalError("E9105", `no operator ${token.image}`);
    return { kind: "BinaryExpression", span: { start, end: span.end }, operator, operatorSpan: tokenSpan(token), left, right };
  }, first[0]);
}

/** Combines operands of `and` or of `or`. */
export function connect(operator: "and" | "or", operands: readonly Operand[], tokens: readonly IToken[]): Expression {
  return range(operator, operands, tokens, 0, operands.length);
}

function range(operator: "and" | "or", operands: readonly Operand[], tokens: readonly IToken[], from: number, to: number): Expression {
  const first = operands[from] ?? internalError("E9103", "a chain of operators without operands");
  if (to - from === 1) return first[0];
  const middle = to - from > leaningLimit ? (from + to) >> 1 : to - 1;
  const token = tokens[middle - 1] ?? internalError("E9104", "a chain of operators lacks one");
  const end = operands[to - 1]?.[1].end ?? first[1].end;
  return {
    kind: "BinaryExpression",
    span: { start: first[1].start, end },
    operator,
    operatorSpan: tokenSpan(token),
    left: range(operator, operands, tokens, from, middle),
    right: range(operator, operands, tokens, middle, to),
  };
}
