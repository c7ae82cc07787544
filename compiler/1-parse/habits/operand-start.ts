import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { touches } from "./habit.ts";

/** The index at which the operand that ends the tokens begins: a name or a literal, brackets with what they belong to, members. */
export function operandStart(tokens: readonly Token[]): number {
  let at = tokens.length - 1;
  if (is(tokens[at], t.RightParen) || is(tokens[at], t.RightBracket)) {
    const isIndex = is(tokens[at], t.RightBracket);
    at = openOf(tokens, at);
    const owner = tokens[at - 1];
    if (is(owner, t.Name) && (isIndex || touches(owner, tokens[at]))) at -= 1;
  } else if (!(is(tokens[at], t.Name) || is(tokens[at], t.Text) || is(tokens[at], t.Integer) || is(tokens[at], t.Decimal))) {
    return tokens.length;
  }
  while (is(tokens[at - 1], t.Dot) && is(tokens[at - 2], t.Name)) at -= 2;
  return at;
}

function openOf(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const token = tokens[at];
    if (is(token, t.RightParen) || is(token, t.RightBracket)) depth += 1;
    if (is(token, t.LeftParen) || is(token, t.LeftBracket)) depth -= 1;
    if (depth === 0) return at;
  }
  return close;
}
