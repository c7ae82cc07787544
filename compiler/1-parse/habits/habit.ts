import type { Token } from "../../../grammar/lexer.ts";
import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";

/** How many tokens a habit spans, what it should read instead, and what to say of it. */
export interface Mended {
  readonly taken: number;
  readonly replacement: readonly Token[];
  readonly diagnostic: PlacedDiagnostic;
}

/**
 * A habit from SQL, Spark, Flink or TypeScript, recognised in the tokens of a file that has an error and mended there, so
 * that the rest of its line can be read. `at` is an index; `before` is the last token that was kept, `kept` are all of them.
 */
export type Habit = (tokens: readonly Token[], at: number, before: Token | undefined, kept: readonly Token[]) => Mended | undefined;

/** The span of the tokens from `first` to `last`. */
export function spanOf(first: Token, last: Token = first): { readonly start: number; readonly end: number } {
  return { start: first.startOffset, end: last.endOffset + 1 };
}

/** Whether no space stands between two tokens. */
export function touches(left: Token | undefined, right: Token | undefined): boolean {
  return left !== undefined && right !== undefined && left.endOffset + 1 === right.startOffset;
}

/** Tokens as they stood, with one blank where they stood apart. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map((token, at) => (at > 0 && (tokens[at - 1]?.endOffset ?? 0) + 1 < token.startOffset ? ` ${token.image}` : token.image)).join("");
}

/** The index behind the bracket that closes the one at `open`, or `undefined` where none does. */
export function behindBracket(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const image = tokens[at]?.image;
    if (image === "(") depth += 1;
    if (image === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
