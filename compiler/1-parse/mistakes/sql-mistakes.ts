import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { unexpectedToken } from "../../diagnostics/catalogue/syntax.ts";
import { operandStart } from "../habits/operand-start.ts";
import type { Mistake } from "./mistake.ts";

const values: Readonly<Record<string, string>> = {
  percentile_cont: "the value stands first: `percentile_cont(x, 0.5)`",
  percentile_disc: "the value stands first: `percentile_disc(x, 0.5)`",
  mode: "write `mode(x)`",
};

/** `listagg(c, ",") within group (order by t)` */
const withinGroup: Mistake = (stumble, found, before) => {
  if (found.image.toLowerCase() !== "within" || stumble.tokens[stumble.at + 1]?.image.toLowerCase() !== "group" || !is(before, t.RightParen)) return undefined;
  const callee = stumble.tokens[operandStart(stumble.tokens.slice(0, stumble.at))]?.image.toLowerCase() ?? "";
  const help = Object.hasOwn(values, callee) ? values[callee] : undefined;
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(help ?? 'texts come in the order of the rows; in another one they are sorted as records: `array_join(sort_array(collect_list({ at: t, text: x })).text, ",")`');
};

/** `a in (b |> select c)`, `a in (select c from b)`, `exists (b |> …)`: rows are no values. */
const rowsAsValues: Mistake = (stumble, found, before) => {
  const open = openBracket(stumble.tokens, stumble.at);
  const opener = open === undefined ? undefined : stumble.tokens[open - 1]?.image.toLowerCase();
  if (open === undefined || (opener !== "in" && opener !== "exists")) return undefined;
  // Behind more than the rows' name it is a list without its bracket.
  if (stumble.at !== open + 2 || (!is(found, t.Pipe) && before?.image.toLowerCase() !== "select")) return undefined;
  const not = stumble.tokens[open - 2]?.image.toLowerCase() === "not";
  const rows = opener === "in" ? "`in` takes a list of values" : "a condition takes no rows";
  return unexpectedToken({ expected: "`,` or `)`", found: stumble.found, missing: false }).at(stumble.span)
    .helped(`${rows}: keep what ${not ? "finds no row" : "finds a row"} with a step \`|> join ${not ? "anti" : "semi"} b on a.x = b.y\``);
};

/** The bracket that is open at a token. */
function openBracket(tokens: readonly Token[], at: number): number | undefined {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    if (is(tokens[index], t.RightParen)) depth += 1;
    if (is(tokens[index], t.LeftParen) && depth-- === 0) return index;
  }
  return undefined;
}

/** What SQL writes within an expression and is written otherwise here. */
export const sqlMistakes: readonly Mistake[] = [withinGroup, rowsAsValues];
