import { tokenMatcher, type IToken, type TokenType } from "chevrotain";
import * as t from "./tokens.ts";
import { durationUnits } from "./words.ts";

/** A token that always knows its line and column (both from 1) and its last offset (inclusive). */
export interface Token extends IToken {
  tokenType: TokenType;
  endOffset: number;
  startLine: number;
  startColumn: number;
}

/** What the lexer could not read: half-open offsets. An unclosed text or name still gives a token in its place. */
export interface LexicalProblem {
  readonly kind: "unclosed string" | "unclosed comment" | "unclosed name" | "unexpected character";
  readonly start: number;
  readonly end: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly problems: readonly LexicalProblem[];
}

const units = durationUnits.map((unit) => (unit === "ms" ? unit : `${unit}s?`)).join("|");
const space = /[\s\uFEFF]+/y;
const lineComment = /\/\/[^\n\r]*/y;
const blockComment = /\/\*[^]*?\*\//y;
const rawText = /r"[^"\n\r]*"|r'[^'\n\r]*'/y;
const unclosedRawText = /r["'][^\n\r]*/y;
const plainText = /"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*'/y;
const restOfLine = /[^\n\r]*/y;
const duration = new RegExp(`\\d+[ \\t]*(?:${units})(?![\\p{L}\\p{M}\\d_])`, "uy");
const decimal = /\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y;
const integer = /\d+/y;
const identifier = /[\p{L}_][\p{L}\p{M}\d_]*/uy;
const quotedName = /`(?:[^`\n\r]|``)+`/y;
/** Before the symbols: `===` is not `==` and `=`. */
const longForeign = /===|!==/y;
const foreign = /&&|[&!|^~]/y;
const punctuation = /\|>|\|\||==|!=|<>|<=|>=|--|[<>=+\-*/%()[\]{},:.?;]/y;
const anyCharacter = /[^]/uy;

const symbols: ReadonlyMap<string, TokenType> = new Map([
  ["|>", t.Pipe], ["||", t.Concat], ["==", t.DoubleEqual], ["!=", t.NotEqual], ["<>", t.LessGreater], ["<=", t.LessEqual],
  [">=", t.GreaterEqual], ["<", t.Less], [">", t.Greater], ["=", t.Equal], ["--", t.DoubleMinus], ["+", t.Plus],
  ["-", t.Minus], ["*", t.Star], ["/", t.Slash], ["%", t.Percent], ["(", t.LeftParen], [")", t.RightParen],
  ["[", t.LeftBracket], ["]", t.RightBracket], ["{", t.LeftBrace], ["}", t.RightBrace], [",", t.Comma], [":", t.Colon],
  [".", t.Dot], ["?", t.Question], [";", t.Semicolon],
]);

/** Whether a token is of a type or of one of the type's members (`Name`, `Reserved`, `Text`). */
export function is(token: IToken | undefined, type: TokenType): boolean {
  return token !== undefined && tokenMatcher(token, type);
}

/** Makes a token of `type` out of the same text. */
export function retag(token: Token, type: TokenType): Token {
  return type.tokenTypeIdx === undefined ? token : { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx };
}

/**
 * Cuts a text into tokens; white space and comments are dropped. Our own scanner rather than chevrotain's, which drops
 * the `u` flag that names of any script need and costs its regexp analysis at every start.
 */
export function tokenize(text: string): Tokens {
  return new Scanner(text).run();
}

class Scanner {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #problems: LexicalProblem[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #nextLineEnd: number;

  constructor(text: string) {
    this.#text = text;
    this.#nextLineEnd = text.indexOf("\n");
  }

  run(): Tokens {
    while (this.#at < this.#text.length) {
      if (!this.#read(this.#text.charCodeAt(this.#at))) this.#problem("unexpected character", this.#match(anyCharacter));
    }
    return { tokens: this.#tokens, problems: this.#problems };
  }

  #read(first: number): boolean {
    if (first <= 32) return this.#skip(space);
    if (first >= 128) return this.#skip(space) || this.#word();
    if (first >= 48 && first <= 57) return this.#take(duration, t.Duration) || this.#take(decimal, t.Decimal) || this.#take(integer, t.Integer);
    switch (String.fromCharCode(first)) {
      case "/":
        return this.#comment() || this.#symbol();
      case '"':
      case "'":
        return this.#take(plainText, t.PlainText) || this.#unclosed(restOfLine, t.UnclosedText, "unclosed string");
      case "`":
        return this.#take(quotedName, t.QuotedName) || this.#unclosed(restOfLine, t.UnclosedName, "unclosed name");
      case "r":
        return this.#take(rawText, t.RawText) || this.#unclosed(unclosedRawText, t.UnclosedRawText, "unclosed string") || this.#word();
      default:
        return this.#word() || this.#take(longForeign, t.Foreign) || this.#symbol() || this.#take(foreign, t.Foreign);
    }
  }

  /** The end of `pattern` at the current offset, or -1. */
  #match(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text) ? pattern.lastIndex : -1;
  }

  #push(type: TokenType, end: number): true {
    while (this.#nextLineEnd !== -1 && this.#nextLineEnd < this.#at) {
      this.#line += 1;
      this.#lineStart = this.#nextLineEnd + 1;
      this.#nextLineEnd = this.#text.indexOf("\n", this.#lineStart);
    }
    this.#tokens.push({
      image: this.#text.slice(this.#at, end),
      startOffset: this.#at,
      endOffset: end - 1,
      startLine: this.#line,
      startColumn: this.#at - this.#lineStart + 1,
      tokenType: type,
      tokenTypeIdx: type.tokenTypeIdx ?? 0,
    });
    this.#at = end;
    return true;
  }

  #take(pattern: RegExp, type: TokenType): boolean {
    const end = this.#match(pattern);
    return end !== -1 && this.#push(type, end);
  }

  #skip(pattern: RegExp): boolean {
    const end = this.#match(pattern);
    if (end === -1) return false;
    this.#at = end;
    return true;
  }

  #word(): boolean {
    const end = this.#match(identifier);
    return end !== -1 && this.#push(t.wordTable.get(this.#text.slice(this.#at, end)) ?? t.Identifier, end);
  }

  #symbol(): boolean {
    const end = this.#match(punctuation);
    return end !== -1 && this.#push(symbols.get(this.#text.slice(this.#at, end)) ?? t.Foreign, end);
  }

  #comment(): boolean {
    if (this.#skip(lineComment) || this.#skip(blockComment)) return true;
    return this.#text.startsWith("/*", this.#at) && this.#problem("unclosed comment", this.#text.length);
  }

  /** A text or name that its line ends before its quote: a token in its place, so that only this is reported. */
  #unclosed(pattern: RegExp, type: TokenType, kind: LexicalProblem["kind"]): boolean {
    const end = this.#match(pattern);
    if (end === -1) return false;
    this.#problems.push({ kind, start: this.#at, end });
    return this.#push(type, end);
  }

  #problem(kind: LexicalProblem["kind"], end: number): true {
    this.#problems.push({ kind, start: this.#at, end });
    this.#at = end;
    return true;
  }
}
