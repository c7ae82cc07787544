import fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { is, tokenize, type Token } from "../../grammar/lexer.ts";
import { parseTokens } from "../../grammar/parser.ts";
import { tagStatementStarts } from "../../grammar/statement-starts.ts";
import * as t from "../../grammar/tokens.ts";
import { contextualWords } from "../../grammar/words.ts";
import { sampleFiles } from "../support/samples.ts";

const samples = sampleFiles("syntax", ".sluice").map(({ name, path }) => [name, readFileSync(path, "utf8")] as const);
const kinds = ["inner", "left", "right", "full", "semi", "anti", "cross", "latest", "async"];

it.each(samples)("reads %s with its names replaced by contextual keywords", (_name, text) => {
  const { tokens } = tokenize(text);
  fc.assert(
    fc.property(fc.infiniteStream(fc.constantFrom(...contextualWords)), (words) => {
      const replaced = replaceNames(text, tokens, words);
      const { errors } = parseTokens(tagStatementStarts(tokenize(replaced).tokens, false), false);
      expect(errors.map((error) => `${error.message} at ${error.token.image} in ${error.context.ruleStack.at(-1) ?? ""}\n${replaced}`)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/**
 * Replaces the identifiers. Where a relation follows `join` or a function `map`, a kind, `latest` or `async` is the keyword
 * when a name follows, so those words are left out there; and `timestamp` and `date` before a text are literals.
 */
function replaceNames(text: string, tokens: readonly Token[], words: Iterator<string>): string {
  const word = (): string => {
    const { value } = words.next() as { value: string };
    return value;
  };
  let result = "";
  let end = 0;
  tokens.forEach((token, index) => {
    result += text.slice(end, token.startOffset);
    end = token.endOffset + 1;
    if (!is(token, t.Identifier)) {
      result += token.image;
      return;
    }
    let replacement = word();
    const before = tokens[index - 1]?.image ?? "";
    while (["join", "map", ...kinds].includes(before) && kinds.includes(replacement)) replacement = word();
    result += replacement;
  });
  return result + text.slice(end);
}
