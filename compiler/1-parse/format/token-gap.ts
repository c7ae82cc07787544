import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";

const closers = [t.RightParen, t.RightBracket, t.Comma, t.Dot, t.Colon, t.Semicolon, t.Question];
const openers = [t.LeftParen, t.LeftBracket, t.Dot];

/** What stands between two tokens on one line: nothing within brackets and around dots, else a blank. */
export function tokenGap(left: Token, right: Token): "" | " " {
  if (openers.some((type) => is(left, type)) || closers.some((type) => is(right, type))) return "";
  return " ";
}
