import { EOF, type IRecognitionException, type IToken } from "chevrotain";
import { is, type Token } from "../../grammar/lexer.ts";
import { nestingLimit, nestingTooDeep as tooDeep } from "../../grammar/rules/recovery-rules.ts";
import { isStatementStart } from "../../grammar/statement-starts.ts";
import * as t from "../../grammar/tokens.ts";
import { nestingTooDeep, unclosedBracket, unexpectedToken } from "../diagnostics/catalogue/syntax.ts";
import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { innermostOpener } from "./openers.ts";
import { recogniseMistake } from "./recognise-mistake.ts";

/** A place where the parser could not go on: all that a message needs. */
export interface Stumble {
  /** What was expected, in the user's words. */
  readonly expected: string;
  /** The rules that were open, outermost first; none where something complete was followed by what no rule takes. */
  readonly rules: readonly string[];
  readonly tokens: readonly Token[];
  /** The index of the token found; the number of tokens at the end of the file. */
  readonly at: number;
  /** The token found lies beyond the line on which something is missing. */
  readonly missing: boolean;
  /** The token found, in words. */
  readonly found: string;
  /** Where to point. */
  readonly span: Span;
}

/** Puts what the parser met into a diagnostic. */
export function describeError(error: IRecognitionException, tokens: readonly Token[]): PlacedDiagnostic {
  const stumble = stumbleOf(error, tokens);
  if (error.message === tooDeep) {
    return nestingTooDeep({ limit: nestingLimit }).at(stumble.span).helped("give the inner part a name of its own, with `extend` or `stream`");
  }
  return recogniseMistake(stumble) ?? unclosed(stumble) ?? unexpected(stumble);
}

function stumbleOf(error: IRecognitionException, tokens: readonly Token[]): Stumble {
  const atEnd = is(error.token, EOF);
  const at = atEnd ? tokens.length : tokens.findIndex((token) => token.startOffset >= error.token.startOffset);
  const token = tokens[at];
  const before = tokens[at - 1];
  const rules = error.context.ruleStack;
  const missing = before !== undefined && (token === undefined || (rules.length > 0 && before.startLine !== token.startLine));
  const end = before === undefined ? 0 : before.endOffset + 1;
  const span = missing || token === undefined ? { start: end, end } : { start: token.startOffset, end: token.endOffset + 1 };
  const found = token === undefined ? "the end of the file" : missing ? "the end of the line" : wordsFor(token);
  return { expected: expectation(error.message, rules, tokens, at), rules, tokens, at, missing, found, span };
}

/** Adds what could have stood there just as well but was optional, so that the parser had already passed it. */
function expectation(expected: string, rules: readonly string[], tokens: readonly Token[], at: number): string {
  const opener = tokens[at - 2];
  const behindName = opener !== undefined && isStatementStart(opener.tokenType);
  if (rules.at(-1) === "sinkTarget" && expected === "`into`") return behindName ? "`=` or `into`" : "`|>` or `into`";
  if (rules.at(-1) === "inputBody" && expected === "`from`" && behindName) return "`:` or `from`";
  return expected;
}

/** How a message names a token. */
function wordsFor(token: IToken): string {
  if (is(token, t.Text)) return token.image.length > 24 ? "a string" : `the string \`${token.image}\``;
  if (is(token, t.Reserved)) return `the reserved word \`${token.image}\``;
  return token.image.startsWith("`") ? token.image : `\`${token.image}\``;
}

function unclosed(stumble: Stumble): PlacedDiagnostic | undefined {
  const closer = /`([)\]}])`$/.exec(stumble.expected)?.[1];
  if (closer === undefined || stumble.rules.length === 0) return undefined;
  const opener = innermostOpener(stumble.tokens, stumble.at, closer);
  if (opener === undefined) return undefined;
  const { expected, found } = stumble;
  return unclosedBracket({ expected, opener: opener.words, found }).at(stumble.span).also(opener.span, "opened here");
}

function unexpected({ expected, found, missing, span }: Stumble): PlacedDiagnostic {
  return unexpectedToken({ expected, found, missing }).at(span);
}
