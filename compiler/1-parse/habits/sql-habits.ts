import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import {
  castOperator, filterClause, intervalLiteral, overClause, selectExcept, semicolon, sqlComment,
} from "../../diagnostics/catalogue/syntax.ts";
import { behindBracket, spanOf, touches, type Habit } from "./habit.ts";
import { durationOf } from "./duration-habits.ts";

/** `-- a comment` */
export const dashComment: Habit = (tokens, at) => {
  const dashes = tokens[at];
  if (dashes === undefined || !is(dashes, t.DoubleMinus)) return undefined;
  let end = at + 1;
  while (tokens[end]?.startLine === dashes.startLine) end += 1;
  const diagnostic = sqlComment({}).at(spanOf(dashes)).helped("open the comment with `//`", { span: spanOf(dashes), replacement: "//" });
  return { taken: end - at, replacement: [], diagnostic };
};

/** `total::int` */
export const doubleColonCast: Habit = (tokens, at, before) => {
  const [colon, second, type] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (colon === undefined || second === undefined || !is(colon, t.Colon) || !is(second, t.Colon) || !touches(colon, second)) return undefined;
  const numbers = is(type, t.Name) && is(tokens[at + 3], t.LeftParen) ? behindBracket(tokens, at + 3) : undefined;
  const end = numbers ?? (is(type, t.Name) ? at + 3 : at + 2);
  const written = tokens.slice(at + 2, end);
  const target = written.map(({ image }) => (image === "," ? ", " : image)).join("");
  const last = written.at(-1);
  const operand = before !== undefined && (is(before, t.Name) || is(before, t.Text)) ? before : undefined;
  const replacement = `cast(${operand?.image ?? "…"} as ${target === "" ? "TYPE" : target})`;
  const fix = operand === undefined || last === undefined ? undefined : { span: spanOf(operand, last), replacement };
  return { taken: end - at, replacement: [], diagnostic: castOperator({}).at(spanOf(colon, second)).helped(`write \`${replacement}\``, fix) };
};

/** `interval 5 minutes`, `interval '5 minutes'` */
export const interval: Habit = (tokens, at) => {
  const [word, value] = [tokens[at], tokens[at + 1]];
  if (word === undefined || value === undefined || word.image.toLowerCase() !== "interval" || !is(word, t.Identifier)) return undefined;
  if (is(value, t.Duration)) {
    const fix = { span: { start: word.startOffset, end: value.startOffset }, replacement: "" };
    return { taken: 1, replacement: [], diagnostic: intervalLiteral({}).at(spanOf(word)).helped(`write \`${value.image}\``, fix) };
  }
  if (is(value, t.Integer)) return { taken: 1, replacement: [], diagnostic: intervalLiteral({}).at(spanOf(word)).helped("write a duration such as `5 minutes`") };
  if (!is(value, t.PlainText)) return undefined;
  const unit = tokens[at + 2];
  const quoted = value.image.slice(1, -1);
  const written = /[a-z]/i.test(quoted) || unit === undefined ? quoted : `${quoted} ${unit.image}`;
  const text = durationOf(written) ?? "5 minutes";
  const taken = written === quoted ? 2 : 3;
  const duration: Token = { ...retag(value, t.Duration), image: text };
  return { taken, replacement: [duration], diagnostic: intervalLiteral({}).at(spanOf(word)).helped(`write \`${text}\``) };
};

/** `count(*) filter (where …)` */
export const filterBehindCall: Habit = (tokens, at, before) => {
  const [filter, open, where] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (filter === undefined || filter.image.toLowerCase() !== "filter" || !is(before, t.RightParen) || !is(open, t.LeftParen)) return undefined;
  if (where?.image.toLowerCase() !== "where") return undefined;
  const end = behindBracket(tokens, at + 1);
  const diagnostic = filterClause({}).at(spanOf(filter)).helped("put the condition into the call: `count(x where price > 10)`");
  return { taken: end === undefined ? 3 : end - at, replacement: [], diagnostic };
};

/** `rank() over (partition by …)` */
export const overBehindCall: Habit = (tokens, at, before) => {
  const [over, open] = [tokens[at], tokens[at + 1]];
  if (over === undefined || over.image.toLowerCase() !== "over" || !is(over, t.Identifier) || !is(before, t.RightParen) || !is(open, t.LeftParen)) return undefined;
  const end = behindBracket(tokens, at + 1);
  const diagnostic = overClause({}).at(spanOf(over)).helped("rank with `top N as rank by … per …`, or join an aggregate back");
  return { taken: end === undefined ? 2 : end - at, replacement: [], diagnostic };
};

/** `;` behind a statement; between the fields of a record type it is allowed. */
export const terminator: Habit = (tokens, at) => {
  const token = tokens[at];
  if (token === undefined || !is(token, t.Semicolon) || insideBraces(tokens, at)) return undefined;
  return { taken: 1, replacement: [], diagnostic: semicolon({}).at(spanOf(token)).helped("leave it out", { span: spanOf(token), replacement: "" }) };
};

/** `select * except (a, b)` */
export const starExcept: Habit = (tokens, at, before) => {
  const [except, open] = [tokens[at], tokens[at + 1]];
  if (except === undefined || except.image.toLowerCase() !== "except" || !is(before, t.Star) || !is(open, t.LeftParen)) return undefined;
  const end = behindBracket(tokens, at + 1);
  const columns = tokens.slice(at + 2, (end ?? at + 3) - 1).map((token) => (is(token, t.Comma) ? ", " : token.image)).join("");
  return { taken: end === undefined ? 2 : end - at, replacement: [], diagnostic: selectExcept({}).at(spanOf(except)).helped(`add a step \`|> drop ${columns}\``) };
};

function insideBraces(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    const token = tokens[index];
    if (is(token, t.RightBrace)) depth += 1;
    if (is(token, t.LeftBrace) && --depth < 0) return true;
  }
  return false;
}
