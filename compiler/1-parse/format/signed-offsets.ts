import { is } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { mayBeOffset } from "../build/signed-offset.ts";
import { firstToken, isNode, lastToken, only, orderedElements, type Element } from "./cst-elements.ts";

/** What `parts`, where they are a call of a window, hold as `offset -8 hours`. */
export function signedOffsets([callee, list]: readonly Element[]): readonly Element[] {
  if (callee === undefined || list === undefined || isNode(callee) || !isNode(list) || list.name !== "arguments") return [];
  const args = orderedElements(list).filter((element) => isNode(element) && element.name === "argument");
  return args.flatMap((argument, at) => {
    const difference = mayBeOffset(callee, at) && isNode(argument) ? only(argument, "additive") : undefined;
    return difference !== undefined && isSigned(orderedElements(difference)) ? [difference] : [];
  });
}

/** A sign at a duration: before another sign it would open a comment of SQL. */
function isSigned([word, minus, length, ...others]: readonly Element[]): boolean {
  if (word === undefined || minus === undefined || length === undefined || others.length > 0) return false;
  return firstToken(word).image === "offset" && lastToken(word) === firstToken(word) && is(firstToken(minus), t.Minus) && is(firstToken(length), t.Duration);
}
