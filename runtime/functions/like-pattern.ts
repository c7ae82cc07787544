import { RowError } from "../errors/row-error.ts";
import { isPairAt } from "./code-points.ts";

/** What a `like` pattern is made of: fixed text with `_` for any one character, between `%`s. */
export interface LikePattern {
  matches(text: string): boolean;
}

/** One stretch without `%`: its pieces of fixed text, with one `_` between two neighbours. */
type Segment = readonly string[];

/** Why a pattern is no `like` pattern, in Spark's sub-conditions of INVALID_FORMAT. */
export type LikeProblem = "ESC_AT_THE_END" | "ESC_IN_THE_MIDDLE";

/** The segments of a pattern between its `%`s (at least one), or what is wrong with it (StringUtils.escapeLikeRegex). */
export function likeSegments(pattern: string, escape: string = "\\"): readonly Segment[] | LikeProblem {
  const segments: string[][] = [];
  let pieces: string[] = [];
  let text = "";
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === escape) {
      const next = characters[++at];
      if (next === undefined) return "ESC_AT_THE_END";
      if (next !== "_" && next !== "%" && next !== escape) return "ESC_IN_THE_MIDDLE";
      text += next;
    } else if (character === "_") {
      pieces.push(text);
      text = "";
    } else if (character === "%") {
      segments.push([...pieces, text]);
      pieces = [];
      text = "";
    } else {
      text += character;
    }
  }
  segments.push([...pieces, text]);
  return segments;
}

/**
 * Compiles a `like` pattern. Matching takes the first place of each segment in turn, so it is linear in the text for patterns
 * without `_` and never exponential. A pattern that is none is a `RowError`.
 */
export function likePattern(pattern: string, escape: string = "\\"): LikePattern {
  const segments = likeSegments(pattern, escape);
  if (typeof segments === "string") {
    const what = segments === "ESC_AT_THE_END" ? "ends in its escape character" : "escapes a character that is neither `_` nor `%`";
    throw new RowError("INVALID_FORMAT", `the pattern ${JSON.stringify(pattern)} ${what}`);
  }
  const first = segments[0] ?? [""];
  const last = segments[segments.length - 1] ?? [""];
  const middle = segments.slice(1, -1);
  return {
    matches(text) {
      let at = matchAt(text, first, 0);
      if (segments.length === 1) return at === text.length;
      if (at < 0) return false;
      for (const segment of middle) {
        at = find(text, segment, at);
        if (at < 0) return false;
      }
      return endsWithSegment(text, last, at);
    },
  };
}

/** Where the segment ends if it begins at `from`; -1 if it does not. */
function matchAt(text: string, segment: Segment, from: number): number {
  let at = from;
  for (let index = 0; index < segment.length; index++) {
    if (index > 0) {
      if (at >= text.length) return -1;
      at += isPairAt(text, at) ? 2 : 1;
    }
    const piece = segment[index] ?? "";
    if (!text.startsWith(piece, at)) return -1;
    at += piece.length;
  }
  return at;
}

/** Where the first occurrence at or after `from` ends; -1 if there is none. */
function find(text: string, segment: Segment, from: number): number {
  const head = segment[0] ?? "";
  for (let at = text.indexOf(head, from); at >= 0 && at <= text.length; at = text.indexOf(head, at + (isPairAt(text, at) ? 2 : 1))) {
    const end = matchAt(text, segment, at);
    if (end >= 0) return end;
    if (at === text.length) return -1;
  }
  return -1;
}

/** Whether the text's end is the segment, without going back before `from`. */
function endsWithSegment(text: string, segment: Segment, from: number): boolean {
  let at = text.length;
  for (let index = segment.length - 1; index >= 0; index--) {
    const piece = segment[index] ?? "";
    if (!text.endsWith(piece, at)) return false;
    at -= piece.length;
    if (index > 0) {
      if (at <= from) return false;
      at -= at > 1 && isPairAt(text, at - 2) ? 2 : 1;
    }
  }
  return at >= from;
}
