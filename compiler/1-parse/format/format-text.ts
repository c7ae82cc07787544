import { tokenize } from "../../../grammar/lexer.ts";
import { parseTokens } from "../../../grammar/parser.ts";
import { tagStatementStarts } from "../../../grammar/statement-starts.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { Comments } from "./comments.ts";
import { NodeFormatter } from "./format-node.ts";
import { printDoc } from "./print-doc.ts";

/** Lines are at most this long where the text allows it. */
const width = 110;
/** Comments that move to the end of a line may change what the line is part of; the layout is settled, or goes round in a circle, after some rounds. */
const rounds = 24;

/**
 * Lays out the text of a job (docs/decisions/0020-formatter.md): the same tokens and comments in the same order, so the same
 * meaning. Formatting what is formatted changes nothing. Undefined where the text has a syntax error.
 */
export function formatText(text: string): string | undefined {
  const layouts: string[] = [];
  let current = text;
  while (layouts.length < rounds) {
    const next = formatOnce(current);
    if (next === undefined) return layouts.length === 0 ? undefined : internalError("E9009", "a formatted job no longer parses");
    const before = layouts.indexOf(next);
    current = before < 0 ? next : simplest(layouts.slice(before));
    if (before >= 0) break;
    layouts.push(next);
  }
  if (wordsOf(current) !== wordsOf(text)) return internalError("E9009", "formatting changed the words of a job");
  return current;
}

/** Of layouts that lead to each other the one with the fewest lines, so that formatting it again gives the same. */
function simplest(layouts: readonly string[]): string {
  const lines = (text: string): number => text.split("\n").length;
  return layouts.reduce((best, other) => (lines(other) - lines(best) || (other < best ? -1 : 1)) < 0 ? other : best);
}

function formatOnce(text: string): string | undefined {
  const { tokens, problems } = tokenize(text);
  const { cst, errors } = parseTokens(tagStatementStarts(tokens, false), false);
  if (problems.length > 0 || errors.length > 0) return undefined;
  return printDoc(new NodeFormatter(new Comments(text, tokens)).program(cst), width);
}

/** All tokens of a text in order, and the words of its comments in any: two comments that come to stand on one line are one. */
function wordsOf(text: string): string {
  const { tokens } = tokenize(text);
  const comments = new Comments(text, tokens);
  const said = [...tokens.flatMap((token) => [...comments.of(token).before.map((comment) => comment.text), ...comments.of(token).behind]), ...comments.atEnd.before.map((comment) => comment.text), ...comments.atEnd.behind];
  return JSON.stringify([tokens.map((token) => token.image), said.join(" ").split(/\s+/).sort()]);
}
