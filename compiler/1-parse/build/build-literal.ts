import type { IToken } from "chevrotain";
import type { DurationCstNode, DurationLiteralCstNode, FieldNameCstNode, LiteralCstNode } from "../../../grammar/cst.generated.ts";
import { is } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { durationTooLong, emptyName } from "../../diagnostics/catalogue/syntax.ts";
import type { DurationLiteral, DurationNode, LiteralNode, Name, NumberLiteral, StringLiteral } from "../../ir/ast/index.ts";
import { nameOf, nodeSpan, only, tokenSpan, type BuildContext } from "./build-context.ts";
import { unescape } from "./unescape.ts";

export function buildLiteral(node: LiteralCstNode, context: BuildContext): LiteralNode {
  const { children } = node;
  const span = nodeSpan(node);
  if (children.durationLiteral) return buildDurationLiteral(only(children.durationLiteral), context);
  if (children.datetime) {
    return { kind: "DatetimeLiteral", span, type: children.Timestamp ? "timestamp" : "date", text: buildString(only(children.datetime), context) };
  }
  if (children.Text) return buildString(only(children.Text), context);
  if (children.True) return { kind: "BooleanLiteral", span, value: true };
  if (children.False) return { kind: "BooleanLiteral", span, value: false };
  if (children.Null) return { kind: "NullLiteral", span };
  return buildNumber(only(children.Integer ?? children.Decimal));
}

export function buildNumber(token: IToken): NumberLiteral {
  const form = is(token, t.Integer) ? "integer" : /e/i.test(token.image) ? "double" : "decimal";
  return { kind: "NumberLiteral", span: tokenSpan(token), text: token.image, form };
}

/** A text of any quote; an unclosed one (already reported) ends with its line. */
export function buildString(token: IToken, context: BuildContext): StringLiteral {
  const raw = is(token, t.RawText) || is(token, t.UnclosedRawText);
  const closed = is(token, t.RawText) || is(token, t.PlainText);
  const from = raw ? 2 : 1;
  const inner = token.image.slice(from, closed ? -1 : undefined);
  return { kind: "StringLiteral", span: tokenSpan(token), value: raw ? inner : unescape(inner, token.startOffset + from, context), raw };
}

const microseconds: Readonly<Record<string, number>> = {
  microsecond: 1, ms: 1000, millisecond: 1000, second: 1e6, minute: 6e7, hour: 3.6e9, day: 8.64e10, week: 6.048e11,
};
const months: Readonly<Record<string, number>> = { month: 1, year: 12 };

/** Adds up the units; months and years are kept apart. */
export function buildDurationLiteral(node: DurationLiteralCstNode, context: BuildContext): DurationLiteral {
  const span = nodeSpan(node);
  let fixed = 0;
  let calendar = 0;
  for (const token of node.children.Duration) {
    const [, digits = "0", word = ""] = /^(\d+)[ \t]*(.*)$/.exec(token.image) ?? [];
    const unit = word === "ms" ? word : word.replace(/s$/, "");
    fixed += Number(digits) * (microseconds[unit] ?? 0);
    calendar += Number(digits) * (months[unit] ?? 0);
  }
  if (Number.isSafeInteger(fixed) && calendar <= 3420) return { kind: "DurationLiteral", span, microseconds: fixed, months: calendar };
  context.report(durationTooLong({}).at(span));
  return { kind: "DurationLiteral", span, microseconds: 0, months: 0 };
}

export function buildDuration(node: DurationCstNode, context: BuildContext): DurationNode {
  const { durationLiteral, Name } = node.children;
  return durationLiteral ? buildDurationLiteral(only(durationLiteral), context) : buildNameExpression(only(Name));
}

export function buildNameExpression(token: IToken): { readonly kind: "NameExpression"; readonly span: Name["span"]; readonly name: Name } {
  return { kind: "NameExpression", span: tokenSpan(token), name: nameOf(token) };
}

/** The name of a record's field: any word, or a text. */
export function buildFieldName(node: FieldNameCstNode, context: BuildContext): Name {
  const { Text, Name, Reserved } = node.children;
  if (!Text) return nameOf(only(Name ?? Reserved));
  const text = buildString(only(Text), context);
  if (text.value === "") context.report(emptyName({}).at(text.span));
  return { text: text.value, span: text.span };
}
