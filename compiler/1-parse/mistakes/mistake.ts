import { is, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import type { Stumble } from "../syntax-messages.ts";

/** One mistake that has a better message than what was expected where. `before` is the token before the one found. */
export type Mistake = (stumble: Stumble, found: Token, before: Token | undefined) => PlacedDiagnostic | undefined;

/** Whether a step was complete and neither another one nor the sink followed. */
export function inPipeline({ expected }: Stumble): boolean {
  return expected === "`|>`" || expected === "`|>` or `into`";
}

/** The word of the step that the parser was in, and the tokens of the step before the one found. */
export function stepAt({ tokens, at }: Stumble): { readonly word: string; readonly tokens: readonly Token[] } | undefined {
  const before = tokens.slice(0, at);
  const pipe = before.findLastIndex((token) => is(token, t.Pipe));
  const word = before[pipe + 1];
  return pipe < 0 || word === undefined ? undefined : { word: word.image, tokens: before.slice(pipe + 1) };
}

/** Whether a column or an item of a list is complete before this token. */
export function endsItem(token: Token | undefined, before: Token): boolean {
  return token === undefined || token.startLine !== before.startLine || [t.Comma, t.Pipe, t.contextual.into, t.contextual.group].some((type) => is(token, type));
}
