import { RowError } from "../errors/row-error.ts";
import type { TextPattern } from "./text-pattern.ts";

/** What a replacement must know of its pattern. */
export type PatternGroups = Pick<TextPattern, "groupCount" | "groupNumber">;

/** A replacement: fixed text and numbers of groups, in turn. */
export type Replacement = readonly (string | number)[];

/**
 * Reads a replacement as java.util.regex.Matcher.appendReplacement does: `$2` is a group (as many digits as still name one),
 * `${name}` a named one, `\` makes the next character literal. What names no group, or ends too soon, is a `RowError`.
 */
export function replacementFor(pattern: PatternGroups, replacement: string): Replacement {
  const parts: (string | number)[] = [];
  let text = "";
  for (let at = 0; at < replacement.length; at++) {
    const character = replacement.charAt(at);
    if (character === "\\") {
      if (++at >= replacement.length) throw badReplacement(replacement, "ends in a backslash");
      text += replacement.charAt(at);
    } else if (character === "$") {
      const reference = /^\$(?:\{([A-Za-z][A-Za-z0-9_]*)\}|(\d+))/.exec(replacement.slice(at));
      if (reference === null) throw badReplacement(replacement, "has a `$` that is followed by neither a number nor `{name}`; write `\\$` for a dollar");
      const digits = reference[2];
      const group = digits === undefined ? groupNamed(pattern, replacement, reference[1] ?? "") : groupNumbered(pattern, replacement, digits);
      if (text !== "") parts.push(text);
      text = "";
      parts.push(group.number);
      at += group.length - 1;
    } else {
      text += character;
    }
  }
  if (text !== "") parts.push(text);
  return parts;
}

/**
 * Spark's `regexp_replace`: every match from the character unit `position` (from 1) on is replaced. Nothing before it is seen by
 * the pattern: `^` matches there. A replacement that is still a text is read at the first match: what is wrong with it fails no
 * row that has none.
 */
export function replaceMatches(text: string, pattern: TextPattern, replacement: Replacement | string, position: number = 1): string {
  if (position < 1) throw new RowError("INVALID_PARAMETER_VALUE", `regexp_replace counts from 1; ${position} is no position`);
  const from = position - 1;
  if (from > 0 && from >= text.length) return text;
  const rest = from === 0 ? text : text.slice(from);
  const cursor = pattern.search(rest);
  let out = from === 0 ? "" : text.slice(0, from);
  let copied = 0;
  let parts = typeof replacement === "string" ? undefined : replacement;
  while (cursor.next()) {
    parts ??= replacementFor(pattern, String(replacement));
    out += rest.slice(copied, cursor.start);
    for (const part of parts) out += typeof part === "string" ? part : (cursor.group(part) ?? "");
    copied = cursor.end;
  }
  return out + rest.slice(copied);
}

function groupNumbered(pattern: PatternGroups, replacement: string, digits: string): { readonly number: number; readonly length: number } {
  let number = Number(digits.charAt(0));
  if (number > pattern.groupCount) throw badReplacement(replacement, `names group ${number}, and the pattern has ${pattern.groupCount}`);
  let taken = 1;
  for (; taken < digits.length; taken++) {
    const longer = number * 10 + Number(digits.charAt(taken));
    if (longer > pattern.groupCount) break;
    number = longer;
  }
  return { number, length: taken + 1 };
}

function groupNamed(pattern: PatternGroups, replacement: string, name: string): { readonly number: number; readonly length: number } {
  const number = pattern.groupNumber(name);
  if (number === undefined) throw badReplacement(replacement, `names the group ${name}, which the pattern has not`);
  return { number, length: name.length + 3 };
}

function badReplacement(replacement: string, what: string): RowError {
  return new RowError("INVALID_REGEXP_REPLACE", `the replacement ${JSON.stringify(replacement)} ${what}`);
}
