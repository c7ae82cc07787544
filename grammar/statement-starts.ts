import type { TokenType } from "chevrotain";
import { is, retag, type Token } from "./lexer.ts";
import * as t from "./tokens.ts";
import { sinkClauseWords, statementWords, type SinkClauseWord, type StatementWord } from "./words.ts";

/** With the call: `select day as source into from(…)` and `late into from` hold the words before it. */
const fromCall = [t.Name, t.contextual.from, t.Name, t.LeftParen];

/** What must follow a statement's first word for it to be one; no expression or step holds these sequences. */
const openings: Readonly<Record<StatementWord, readonly (readonly TokenType[])[]>> = {
  import: [[t.LeftBrace]],
  option: [[t.Name, t.Equal]],
  param: [[t.Name, t.Colon]],
  schema: [[t.Name, t.LeftBrace], fromCall],
  source: [[t.Name, t.Colon], fromCall],
  table: [[t.Name, t.Colon], fromCall],
  window: [[t.Name, t.Equal]],
  stream: [[t.Name, t.Equal]],
  sink: [[t.Name, t.Equal]],
};
/** `sink NAME into`, a side output: also the end of `order by sink NAME into`, so it must open a line. */
const sideOutput = [t.Name, t.contextual.into];

const sinkClauseOpenings: Readonly<Record<SinkClauseWord, readonly (readonly TokenType[])[]>> = {
  into: [[t.Name, t.LeftParen]],
  mode: [[t.Name]],
  trigger: [[t.contextual.asap], [t.contextual.every], [t.contextual.once], [t.contextual.available], [t.contextual.continuous]],
  checkpoint: [[t.Text], [t.Name]],
};

/**
 * Tags the first words of statements, so that a name can never be taken for one nor one for a name. With `mending`
 * (only in a file that has an error) every statement word in column 1 is tagged too, and the sink's clauses that open a
 * line: then a broken header is also a boundary.
 */
export function tagStatementStarts(tokens: readonly Token[], mending: boolean): readonly Token[] {
  const tagged: Token[] = [];
  let braces = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (is(token, t.LeftBrace)) braces += 1;
    if (is(token, t.RightBrace)) braces = Math.max(0, braces - 1);
    const type = startType(tokens, at, tagged[at - 1], braces, mending);
    if (type !== undefined && isStatementStart(type)) braces = 0;
    tagged.push(type === undefined ? token : retag(token, type));
  }
  return tagged;
}

/** Whether a type is that of a tagged first word. */
export function isStatementStart(type: TokenType): boolean {
  return starts.has(type);
}

const starts: ReadonlySet<TokenType> = new Set(Object.values(t.statementStart));

function startType(tokens: readonly Token[], at: number, before: Token | undefined, braces: number, mending: boolean): TokenType | undefined {
  const token = tokens[at];
  if (token === undefined || !is(token, t.Name)) return undefined;
  const word = token.image;
  const opensLine = before === undefined || before.startLine !== token.startLine;
  if (isOneOf(statementWords, word)) {
    if (mending && opensLine && token.startColumn === 1) return t.statementStart[word];
    if (before !== undefined && (isStatementStart(before.tokenType) || is(before, t.Colon) || is(before, t.Dot))) return undefined;
    const opens = (opensLine || braces === 0) && openings[word].some((opening) => follows(tokens, at, opening));
    const opensSideOutput = word === "sink" && opensLine && !continuesList(tokens, at) && follows(tokens, at, sideOutput);
    if (opens || opensSideOutput) return t.statementStart[word];
  }
  if (mending && opensLine && isOneOf(sinkClauseWords, word) && !continuesList(tokens, at)) {
    if (sinkClauseOpenings[word].some((opening) => follows(tokens, at, opening))) return t.hardSinkClause[word];
  }
  return undefined;
}

/** Whether the token before is a comma or the keyword `by`, so that a list goes on here. */
function continuesList(tokens: readonly Token[], at: number): boolean {
  const [before, first] = [tokens[at - 1], tokens[at - 2]];
  if (!is(before, t.contextual.by)) return is(before, t.Comma);
  const names = [t.contextual.every, t.contextual.mode, t.contextual.checkpoint].some((type) => is(first, type));
  return !names && (is(first, t.Name) || is(first, t.Integer));
}

function follows(tokens: readonly Token[], at: number, opening: readonly TokenType[]): boolean {
  return opening.every((type, index) => is(tokens[at + 1 + index], type));
}

function isOneOf<W extends string>(words: readonly W[], text: string): text is W {
  return (words as readonly string[]).includes(text);
}
