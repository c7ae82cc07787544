import { is } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { castOperator } from "../../diagnostics/catalogue/syntax.ts";
import { behindBracket, spanOf, textOf, touches, type Habit } from "./habit.ts";
import { operandStart } from "./operand-start.ts";

/** `total::int`, `(a + b)::long`, `lower(page)::string`, `order.total::decimal(10, 2)` */
export const doubleColonCast: Habit = (tokens, at, _before, kept) => {
  const [colon, second, type] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (colon === undefined || second === undefined || !is(colon, t.Colon) || !is(second, t.Colon) || !touches(colon, second)) return undefined;
  const numbers = is(type, t.Name) && is(tokens[at + 3], t.LeftParen) ? behindBracket(tokens, at + 3) : undefined;
  const end = numbers ?? (is(type, t.Name) ? at + 3 : at + 2);
  const written = tokens.slice(at + 2, end);
  const target = written.map(({ image }) => (image === "," ? ", " : image)).join("");
  const operand = kept.slice(operandStart(kept));
  const [first] = operand;
  const last = written.at(-1);
  const replacement = `cast(${operand.length === 0 ? "…" : withoutBrackets(textOf(operand))} as ${target === "" ? "TYPE" : target})`;
  const fix = first === undefined || last === undefined ? undefined : { span: spanOf(first, last), replacement };
  return { taken: end - at, replacement: [], diagnostic: castOperator({}).at(spanOf(colon, second)).helped(`write \`${replacement}\``, fix) };
};

/** `(a + b)` needs no brackets of its own within a call. */
function withoutBrackets(text: string): string {
  return /^\([^()]*\)$/.test(text) ? text.slice(1, -1) : text;
}
