import type { IToken } from "chevrotain";
import type { Argument } from "../../ir/ast/index.ts";

const windows = ["tumbling", "sliding", "session"];

/** Whether an argument can be a window's `offset` and no column of that name: behind the time and the length. */
export function mayBeOffset(callee: IToken, at: number): boolean {
  return at >= 2 && windows.includes(callee.image);
}

/** `offset -8 hours`, which the grammar reads as a difference: `offset` may be a column wherever else it stands. */
export function signedOffset(argument: Argument): Argument {
  const { value } = argument;
  if (argument.name !== undefined || value.kind !== "BinaryExpression" || value.operator !== "-") return argument;
  const { left, right, operatorSpan } = value;
  if (left.kind !== "NameExpression" || left.name.text !== "offset") return argument;
  return { ...argument, name: left.name, keyword: true, value: { kind: "UnaryExpression", span: { start: operatorSpan.start, end: right.span.end }, operator: "-", operand: right } };
}
