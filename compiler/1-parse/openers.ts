import { is, type Token } from "../../grammar/lexer.ts";
import { isStatementStart } from "../../grammar/statement-starts.ts";
import * as t from "../../grammar/tokens.ts";
import type { Span } from "../source/span.ts";

const openerOf: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The bracket that `closer` would close before the token at `at`, and how to speak of it. */
export function innermostOpener(tokens: readonly Token[], at: number, closer: string): { readonly span: Span; readonly words: string } | undefined {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token === undefined) return undefined;
    if (is(token, t.RightParen) || is(token, t.RightBracket) || is(token, t.RightBrace)) depth += 1;
    if (!(is(token, t.LeftParen) || is(token, t.LeftBracket) || is(token, t.LeftBrace))) continue;
    if (depth > 0) {
      depth -= 1;
      continue;
    }
    if (token.image !== openerOf[closer]) return undefined;
    return { span: { start: token.startOffset, end: token.endOffset + 1 }, words: wordsFor(tokens, index, token) };
  }
  return undefined;
}

function wordsFor(tokens: readonly Token[], index: number, opener: Token): string {
  const before = tokens[index - 1];
  const first = tokens[index - 2];
  if (before !== undefined && opener.image === "{" && first !== undefined && isStatementStart(first.tokenType)) return `\`${first.image} ${before.image}\``;
  if (before !== undefined && opener.image === "(" && is(before, t.Name)) return `\`${before.image}(\``;
  return `\`${opener.image}\``;
}
