import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { fromClause, selectExcept } from "../../diagnostics/catalogue/syntax.ts";
import { behindBracket, spanOf, textOf, type Habit } from "./habit.ts";

/** `select * except (a, b)` */
export const starExcept: Habit = (tokens, at, before, kept) => {
  const [except, open] = [tokens[at], tokens[at + 1]];
  if (except === undefined || except.image.toLowerCase() !== "except" || !is(before, t.Star) || !is(open, t.LeftParen)) return undefined;
  const end = behindBracket(tokens, at + 1);
  const columns = tokens.slice(at + 2, (end ?? at + 3) - 1).map((token) => (is(token, t.Comma) ? ", " : token.image)).join("");
  const [select, close] = [kept.at(-2), end === undefined ? undefined : tokens[end - 1]];
  const alone = select?.image === "select" && end !== undefined && !is(tokens[end], t.Comma);
  const fix = alone && close !== undefined ? { span: spanOf(select, close), replacement: `drop ${columns}` } : undefined;
  return { taken: end === undefined ? 2 : end - at, replacement: [], diagnostic: selectExcept({}).at(spanOf(except)).helped(`add a step \`|> drop ${columns}\``, fix) };
};

/** `= select page from clicks where user > 3`: SQL's order of a query that filters and projects. */
export const selectFirst: Habit = (tokens, at, before, kept) => {
  const select = tokens[at];
  if (select === undefined || !(is(before, t.Equal) || is(before, t.LeftParen)) || select.image.toLowerCase() !== "select" || is(tokens[at + 1], t.Pipe)) return undefined;
  // `a in (select …)`: a pipeline would not do there either.
  if (["in", "exists"].includes(kept.at(-2)?.image.toLowerCase() ?? "")) return undefined;
  const from = clauseAt(tokens, at + 1, ["from"]);
  const relation = from === undefined ? undefined : tokens[from + 1];
  if (from === undefined || relation === undefined || !is(relation, t.Name)) return undefined;
  const where = tokens[from + 2]?.image.toLowerCase() === "where" ? from + 2 : undefined;
  const end = where === undefined ? from + 2 : (clauseAt(tokens, where + 1, ["group", "having", "order", "limit", "into", "mode", "trigger", "|>", ")"]) ?? tokens.length);
  const columns = tokens.slice(at + 1, from);
  const condition = where === undefined ? [] : tokens.slice(where + 1, end);
  const written = [relation.image, ...(where === undefined ? [] : [`where ${textOf(condition)}`]), `select ${textOf(columns)}`].join(" |> ");
  const last = tokens[end - 1] ?? relation;
  const pipe = retag({ ...select, image: "|>" }, t.Pipe);
  const filter = where === undefined ? [] : [pipe, retag({ ...select, image: "where" }, t.reserved.where), ...condition];
  return {
    taken: end - at,
    replacement: [relation, ...filter, pipe, retag({ ...select, image: "select" }, t.contextual.select), ...columns],
    diagnostic: fromClause({}).at(spanOf(tokens[from] ?? select)).helped(`the pipeline opens with the stream: \`${written}\``, { span: spanOf(select, last), replacement: written }),
  };
};

/** The first of these words outside brackets, before the statement ends: a line in column 1 begins another. */
function clauseAt(tokens: readonly Token[], start: number, words: readonly string[]): number | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.startColumn === 1) return undefined;
    if (depth === 0 && words.includes(token.image.toLowerCase())) return at;
    if (["(", "[", "{"].includes(token.image)) depth += 1;
    if ([")", "]", "}"].includes(token.image) && --depth < 0) return undefined;
  }
  return undefined;
}
