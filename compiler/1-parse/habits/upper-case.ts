import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { contextualWords, reservedWords, statementWords, stepWords } from "../../../grammar/words.ts";
import { upperCaseKeyword } from "../../diagnostics/catalogue/syntax.ts";
import { spanOf, type Habit } from "./habit.ts";

const reserved: ReadonlySet<string> = new Set(reservedWords);
const contextual: ReadonlySet<string> = new Set(contextualWords);
const steps: ReadonlySet<string> = new Set([...stepWords, "where", "as", "distinct"]);
const statements: ReadonlySet<string> = new Set(statementWords);

/**
 * `WHERE a AND b`: an upper-case name that would be a keyword in lower case and stands where no name can, beside another
 * operand, behind `|>`, behind `is`, or at the start of a line in column 1.
 */
export const upperCase: Habit = (tokens, at, before) => {
  const token = tokens[at];
  if (token === undefined || !is(token, t.Identifier) || !/^[A-Z_]{2,}$/.test(token.image)) return undefined;
  const word = token.image.toLowerCase();
  const next = tokens[at + 1];
  if (is(next, t.Colon) || is(next, t.Dot) || is(before, t.Dot)) return undefined;
  const beside = endsOperand(before) || startsOperand(next) || beginsUpperCase(next);
  const meant =
    (is(before, t.Pipe) && steps.has(word)) ||
    (token.startColumn === 1 && statements.has(word)) ||
    ((is(before, t.reserved.is) || is(before, t.reserved.not)) && reserved.has(word)) ||
    (beside && (reserved.has(word) || contextual.has(word)));
  if (!meant) return undefined;
  const type = t.wordTable.get(word);
  if (type === undefined) return undefined;
  const diagnostic = upperCaseKeyword({ word: token.image }).at(spanOf(token)).helped(`write \`${word}\``, { span: spanOf(token), replacement: word });
  return { taken: 1, replacement: [{ ...retag(token, type), image: word }], diagnostic };
};

function endsOperand(token: Token | undefined): boolean {
  return is(token, t.Identifier) || is(token, t.QuotedName) || is(token, t.RightParen) || is(token, t.RightBracket) || isLiteral(token) || is(token, t.Star);
}

function startsOperand(token: Token | undefined): boolean {
  return is(token, t.Identifier) || is(token, t.QuotedName) || isLiteral(token);
}

function isLiteral(token: Token | undefined): boolean {
  return is(token, t.Text) || is(token, t.Integer) || is(token, t.Decimal) || is(token, t.Duration);
}

function beginsUpperCase(token: Token | undefined): boolean {
  return token !== undefined && is(token, t.Identifier) && /^[A-Z_]{2,}$/.test(token.image) && t.wordTable.has(token.image.toLowerCase());
}
