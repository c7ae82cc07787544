import { is } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { reservedWordAsName, unexpectedToken } from "../../diagnostics/catalogue/syntax.ts";
import { spanOf } from "../habits/habit.ts";
import { endsItem, inPipeline, stepAt, type Mistake } from "./mistake.ts";

/** `select length(page) size`: SQL lets `as` be left out. */
const missingAs: Mistake = (stumble, found, before) => {
  const step = stepAt(stumble);
  const inList = (inPipeline(stumble) && step?.word === "select") || (stumble.expected === "`as`" && stumble.rules.at(-1) === "namedExpression");
  if (!inList || stumble.missing || !is(found, t.Name) || before === undefined || is(before, t.Star)) return undefined;
  if (!endsItem(stumble.tokens[stumble.at + 1], found) || ["into", "group"].includes(found.image)) return undefined;
  return unexpectedToken({ expected: stumble.expected === "`as`" ? "`as` and a name" : stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(`write \`as ${found.image}\``, { span: { start: found.startOffset, end: found.startOffset }, replacement: "as " });
};

/** `as "size"`, `mode "append"`: names are not strings. */
const quotedName: Mistake = (stumble, found) => {
  if (!/\bname$/.test(stumble.expected) || !is(found, t.PlainText)) return undefined;
  const text = found.image.slice(1, -1);
  const isWord = /^[\p{L}_][\p{L}\p{M}\d_]*$/u.test(text) && !Object.hasOwn(t.reserved, text);
  const name = isWord ? text : `\`${text}\``;
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(isWord ? `names stand without quotes: \`${name}\`` : `a name that is no word stands in backticks: \`${name}\``, { span: stumble.span, replacement: name });
};

/** `select in, on`: a reserved word where a column stands by itself. */
const reservedColumn: Mistake = (stumble, found, before) => {
  if (!is(found, t.Reserved) || stumble.missing || !/\b(expression|column)\b/.test(stumble.expected)) return undefined;
  const next = stumble.tokens[stumble.at + 1];
  const alone = endsItem(next, found) || is(next, t.reserved.as) || [t.Equal, t.Less, t.Greater, t.RightParen].some((type) => is(next, type));
  if (!alone || is(before, t.RightParen) || ["true", "false", "null", "when"].includes(found.image)) return undefined;
  return reservedWordAsName({ word: found.image }).at(stumble.span)
    .helped(`as a name it goes in backticks: \`\` \`${found.image}\` \`\``, { span: stumble.span, replacement: `\`${found.image}\`` });
};

/** `schema A { id int }`, `param n int`, `note?: string` */
const fieldColon: Mistake = (stumble, found, before) => {
  const rule = stumble.rules.at(-1);
  if (stumble.expected !== "`:`" || (rule !== "fieldBody" && rule !== "paramBody") || before === undefined || stumble.missing) return undefined;
  const diagnostic = unexpectedToken({ expected: "`:`", found: stumble.found, missing: false }).at(stumble.span);
  const [colon, type] = stumble.tokens.slice(stumble.at + 1);
  if (found.image === "?" && colon?.image === ":" && type !== undefined) {
    return diagnostic.helped(`write \`${before.image}: ${type.image}?\``, { span: spanOf(found, type), replacement: `: ${type.image}?` });
  }
  if (!is(found, t.Name) || before.image === "from") return undefined;
  return diagnostic.helped(`write \`${before.image}: ${found.image}\``, { span: { start: before.endOffset + 1, end: before.endOffset + 1 }, replacement: ":" });
};

/** `extend big = upper(page)`: only `set` takes `=`, and only for a column that is there. */
const assignment: Mistake = (stumble) => {
  const step = stepAt(stumble);
  if (stumble.expected !== "`as`" || stumble.rules.at(-1) !== "namedExpression" || step === undefined) return undefined;
  const start = step.tokens.findLastIndex((token, at) => at === 0 || is(token, t.Comma));
  const [name, sign] = step.tokens.slice(start + 1);
  const colon = stumble.tokens[stumble.at]?.image === ":";
  if (name === undefined || !is(name, t.Name) || !(colon || is(sign, t.Equal))) return undefined;
  const { expected, found, missing, span } = stumble;
  return unexpectedToken({ expected: `${expected} and a name`, found, missing }).at(span).helped(`the name stands last: \`… as ${name.image}\``);
};

/** `page ilike "a%"` */
const ilike: Mistake = (stumble, found, before) => {
  if (!inPipeline(stumble) || found.image.toLowerCase() !== "ilike" || !is(before, t.Name)) return undefined;
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span).helped(`write \`lower(${before?.image ?? "x"}) like …\``);
};

/** Names that stand where they cannot, or lack the word before them. */
export const nameHabits: readonly Mistake[] = [fieldColon, quotedName, reservedColumn, assignment, missingAs, ilike];
