import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { filterClause, intervalLiteral, overClause, semicolon, sqlComment } from "../../diagnostics/catalogue/syntax.ts";
import { behindBracket, spanOf, textOf, touches, type Habit } from "./habit.ts";
import { durationOf } from "./duration-habits.ts";
import { operandStart } from "./operand-start.ts";

/** `-- a comment` */
export const dashComment: Habit = (tokens, at) => {
  const dashes = tokens[at];
  if (dashes === undefined || !is(dashes, t.DoubleMinus)) return undefined;
  let end = at + 1;
  while (tokens[end]?.startLine === dashes.startLine) end += 1;
  const diagnostic = sqlComment({}).at(spanOf(dashes)).helped("open the comment with `//`", { span: spanOf(dashes), replacement: "//" });
  return { taken: end - at, replacement: [], diagnostic };
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
  const last = taken === 3 ? (unit ?? value) : value;
  return { taken, replacement: [duration], diagnostic: intervalLiteral({}).at(spanOf(word)).helped(`write \`${text}\``, { span: spanOf(word, last), replacement: text }) };
};

/** `count(*) filter (where …)` */
export const filterBehindCall: Habit = (tokens, at, before, kept) => {
  const [filter, open, where] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (filter === undefined || filter.image.toLowerCase() !== "filter" || !is(before, t.RightParen) || !is(open, t.LeftParen)) return undefined;
  if (where?.image.toLowerCase() !== "where") return undefined;
  const end = behindBracket(tokens, at + 1);
  const diagnostic = filterClause({}).at(spanOf(filter));
  const close = end === undefined ? undefined : tokens[end - 1];
  if (before === undefined || end === undefined || close === undefined) return { taken: 3, replacement: [], diagnostic: diagnostic.helped("put the condition into the call: `count(x where price > 10)`") };
  const condition = `${kept.at(-2)?.image === "(" ? "" : " "}${textOf(tokens.slice(at + 2, end - 1))})`;
  return { taken: end - at, replacement: [], diagnostic: diagnostic.helped(`put the condition into the call: \`${textOf(kept.slice(operandStart(kept), -1))}${condition}\``, { span: spanOf(before, close), replacement: condition }) };
};

const overHelp = "rank with `top N as rank by … per …`, or join an aggregate back";

/** `row_number() over (…)` as a whole: the call stands in the tree as missing, since what is wrong with its name or its place is that it is a window function. */
export const callWithOver: Habit = (tokens, at) => {
  const [callee, open] = [tokens[at], tokens[at + 1]];
  if (callee === undefined || !is(callee, t.Name) || !is(open, t.LeftParen) || !touches(callee, open)) return undefined;
  const call = behindBracket(tokens, at + 1);
  const over = call !== undefined && tokens[call]?.image.toLowerCase() === "filter" && is(tokens[call + 1], t.LeftParen) ? behindBracket(tokens, call + 1) : call;
  const word = over === undefined ? undefined : tokens[over];
  if (over === undefined || word === undefined || word.image.toLowerCase() !== "over" || !is(tokens[over + 1], t.LeftParen)) return undefined;
  const end = behindBracket(tokens, over + 1) ?? over + 2;
  return { taken: end - at, replacement: [{ ...callee, image: "" }], diagnostic: overClause({}).at(spanOf(word)).helped(overHelp) };
};

/** `… filter (…) over (partition by …)` */
export const overBehindCall: Habit = (tokens, at, before) => {
  const [over, open] = [tokens[at], tokens[at + 1]];
  if (over === undefined || over.image.toLowerCase() !== "over" || !is(over, t.Identifier) || !is(before, t.RightParen) || !is(open, t.LeftParen)) return undefined;
  const end = behindBracket(tokens, at + 1);
  const diagnostic = overClause({}).at(spanOf(over)).helped(overHelp);
  return { taken: end === undefined ? 2 : end - at, replacement: [], diagnostic };
};

/** `;` behind a statement; between the fields of a record type it is allowed. */
export const terminator: Habit = (tokens, at) => {
  const token = tokens[at];
  if (token === undefined || !is(token, t.Semicolon) || insideBraces(tokens, at)) return undefined;
  return { taken: 1, replacement: [], diagnostic: semicolon({}).at(spanOf(token)).helped("leave it out", { span: spanOf(token), replacement: "" }) };
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
