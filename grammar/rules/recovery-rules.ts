import {
  CstParser, EOF, MismatchedTokenException, isRecognitionException,
  type CstNode, type IParserConfig, type IToken, type ParserMethod,
} from "chevrotain";
import { expectations } from "../expectations.ts";
import { is } from "../lexer.ts";
import { isStatementStart } from "../statement-starts.ts";
import * as t from "../tokens.ts";

export type Rule = ParserMethod<[], CstNode>;

/** How deep expressions, types and pipelines may nest; the stack would hold about twice as much. */
export const nestingLimit = 100;
/** Stands as the expectation of the error that refuses deeper nesting. */
export const nestingTooDeep = "nesting too deep";

/** The look-ahead that a boundary may use: 1 is the next token, 0 the one before. */
export type LookAhead = (distance: number) => IToken;

/** What ends a guarded part of the grammar. */
export interface Boundary {
  /** What is expected where the part should have ended, for the message. */
  readonly expected: string;
  /** Whether the part may end before the next token. */
  readonly ends: (look: LookAhead) => boolean;
  /** Whether parsing goes on at the next token after an error inside. Implies `ends`. */
  readonly resumes: (look: LookAhead) => boolean;
}

/** The lowest layer: error recovery at the boundaries that a part names, and the limit of nesting. */
export abstract class RecoveryRules extends CstParser {
  /** Off while a file is read for the first time: then the first error ends the parse. */
  recovering = false;
  /** Complete nodes that were followed by something that no rule takes. */
  readonly broken = new Set<CstNode>();
  #depth = 0;
  #partners: ReadonlyMap<IToken, number> | undefined;

  constructor(config: IParserConfig) {
    super([...t.vocabulary], {
      ...config, maxLookahead: 2, recoveryEnabled: false, nodeLocationTracking: "onlyOffset", errorMessageProvider: expectations,
    });
  }

  override reset(): void {
    super.reset();
    this.broken.clear();
    this.#depth = 0;
    this.#partners = undefined;
  }

  /** Runs a rule. After an error in it, or where something follows that may not, skips to where `boundary` resumes. */
  protected guard(index: number, rule: Rule, boundary: Boundary): void {
    if (this.RECORDING_PHASE) {
      this.subrule(index, rule);
      return;
    }
    const first = this.LA(1);
    const depth = this.#depth;
    let node: CstNode | undefined;
    try {
      node = this.subrule(index, rule);
      if (!boundary.ends((distance) => this.LA(distance))) this.fail(boundary.expected);
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error) || !this.recovering) throw error;
      if (node !== undefined) this.broken.add(node);
      this.#depth = depth;
      this.#skipTo(boundary, first);
    }
  }

  /** Skips, with an error, what stands where only `boundary` may. */
  protected skipUnless(boundary: Boundary): void {
    if (this.RECORDING_PHASE || boundary.ends((distance) => this.LA(distance))) return;
    try {
      this.fail(boundary.expected);
    } catch (error) {
      if (!this.recovering) throw error;
      this.#skipTo(boundary, this.LA(1));
    }
  }

  /** Runs a part one level deeper, and refuses the level beyond the limit. */
  protected nested(part: () => void): void {
    if (this.RECORDING_PHASE) {
      part();
      return;
    }
    this.#depth += 1;
    if (this.#depth > nestingLimit) this.fail(nestingTooDeep);
    part();
    this.#depth -= 1;
  }

  /** Reports that `expected` does not stand here. */
  protected fail(expected: string): never {
    const error = new MismatchedTokenException(expected, this.LA(1), this.LA(0));
    error.context = { ruleStack: [], ruleOccurrenceStack: [] };
    this.errors = [...this.errors, error];
    throw error;
  }

  #skipTo(boundary: Boundary, first: IToken): void {
    const partners = (this.#partners ??= bracketPartners(this.input));
    const look: LookAhead = (distance) => this.LA(distance);
    const from = first.startOffset;
    while (!is(this.LA(1), EOF) && !boundary.resumes(look)) {
      const next = this.LA(1);
      const partner = partners.get(next);
      if (partner !== undefined && partner < from && partner < next.startOffset) return;
      if (partner === undefined || partner < next.startOffset) this.SKIP_TOKEN();
      else while (this.LA(1).startOffset < partner && !is(this.LA(1), EOF)) this.SKIP_TOKEN();
    }
  }
}

/** The offset of each bracket's other half, for the brackets that have one within their statement. */
function bracketPartners(tokens: readonly IToken[]): ReadonlyMap<IToken, number> {
  const partners = new Map<IToken, number>();
  let open: IToken[] = [];
  for (const token of tokens) {
    if (isStatementStart(token.tokenType)) open = [];
    else if (is(token, t.LeftParen) || is(token, t.LeftBracket) || is(token, t.LeftBrace)) open.push(token);
    else if (is(token, t.RightParen) || is(token, t.RightBracket) || is(token, t.RightBrace)) {
      const opener = open.at(-1);
      if (opener === undefined || opener.image !== openerOf.get(token.image)) continue;
      open.pop();
      partners.set(opener, token.startOffset);
      partners.set(token, opener.startOffset);
    }
  }
  return partners;
}

const openerOf: ReadonlyMap<string, string> = new Map([[")", "("], ["]", "["], ["}", "{"]]);
