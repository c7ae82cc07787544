import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { foreignOperator } from "../../diagnostics/catalogue/syntax.ts";
import { spanOf, touches, type Habit, type Mended } from "./habit.ts";

const spellings: ReadonlyMap<string, { readonly written: string; readonly type: typeof t.Equal }> = new Map([
  ["&&", { written: "and", type: t.reserved.and }],
  ["!", { written: "not", type: t.reserved.not }],
  ["===", { written: "=", type: t.Equal }],
  ["!==", { written: "!=", type: t.NotEqual }],
]);

/** `&&`, `!`, `===`, `!==`, and the bit operators that there are not. */
export const foreignSpelling: Habit = (tokens, at, before) => {
  const token = tokens[at];
  if (token === undefined || !is(token, t.Foreign)) return undefined;
  const diagnostic = foreignOperator({ operator: token.image }).at(spanOf(token));
  const known = spellings.get(token.image);
  if (known === undefined) return nullableType(tokens, at, before) ?? { taken: 1, replacement: [], diagnostic: diagnostic.helped("there are no operators on bits: compute them in an imported function") };
  const pad = known.written === "not" && touches(token, tokens[at + 1]) ? " " : "";
  const fix = { span: spanOf(token), replacement: known.written + pad };
  return { taken: 1, replacement: [retag(token, known.type)], diagnostic: diagnostic.helped(`write \`${known.written}\``, fix) };
};

/** `string | null` */
function nullableType(tokens: readonly Token[], at: number, before: Token | undefined): Mended | undefined {
  const [bar, word] = [tokens[at], tokens[at + 1]];
  if (bar?.image !== "|" || before === undefined || !(word?.image === "null" || word?.image === "undefined")) return undefined;
  const diagnostic = foreignOperator({ operator: "|" }).at(spanOf(bar))
    .helped(`a type that may be null is \`${before.image}?\``, { span: { start: before.endOffset + 1, end: word.endOffset + 1 }, replacement: "?" });
  return { taken: 2, replacement: [{ ...retag(bar, t.Question), image: "?" }], diagnostic };
}

/** `a <=> b`, Spark's and MySQL's equality that takes null for a value. */
export const nullSafeEqual: Habit = (tokens, at) => {
  const [first, second] = [tokens[at], tokens[at + 1]];
  if (first === undefined || second === undefined || !is(first, t.LessEqual) || !is(second, t.Greater) || !touches(first, second)) return undefined;
  const diagnostic = foreignOperator({ operator: "<=>" }).at(spanOf(first, second));
  return {
    taken: 2,
    replacement: [retag(first, t.Equal)],
    diagnostic: diagnostic.helped("write `is not distinct from`", { span: spanOf(first, second), replacement: "is not distinct from" }),
  };
};
