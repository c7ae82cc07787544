import type { Token } from "../../../grammar/lexer.ts";

/** A comment as written, without the line's end. */
export interface Comment {
  readonly text: string;
  /** Whether a line is left free before it. */
  readonly afterBlank: boolean;
}

/** The comments around one token. */
export interface Trivia {
  /** On lines of their own above the token, or on its line before it. */
  readonly before: readonly Comment[];
  /** Whether a line is left free between what stands above and the token. */
  readonly blankBefore: boolean;
  /** Behind the token, to the end of its line. */
  readonly behind: readonly string[];
}

const none: Trivia = { before: [], blankBefore: false, behind: [] };
const commentPattern = /\/\/[^\n\r]*|\/\*[^]*?\*\//g;

/** Comments of a text by the start of the token that they belong to; those below the last token belong to the text's end. */
export class Comments {
  readonly #trivia = new Map<number, Trivia>();
  readonly atEnd: Trivia;

  constructor(text: string, tokens: readonly Token[]) {
    let last: Token | undefined;
    for (const token of tokens) {
      this.#add(text, last, token.startOffset, token.startOffset);
      last = token;
    }
    this.#add(text, last, text.length, text.length);
    this.atEnd = this.#trivia.get(text.length) ?? none;
  }

  of(token: { readonly startOffset: number }): Trivia {
    return this.#trivia.get(token.startOffset) ?? none;
  }

  /** Deals out the comments between two tokens: those on the first one's line that end it are behind it. */
  #add(text: string, last: Token | undefined, end: number, key: number): void {
    const start = last === undefined ? 0 : last.endOffset + 1;
    const gap = text.slice(start, end);
    const found = [...gap.matchAll(commentPattern)];
    let behind = 0;
    if (last !== undefined) {
      const firstBreak = gap.replace(commentPattern, (comment) => comment.replace(/[\n\r]/g, " ")).search(/[\n\r]/);
      const lineEnd = firstBreak < 0 ? (end === text.length ? gap.length : -1) : firstBreak;
      behind = found.filter((comment) => comment.index < lineEnd && !/[\n\r]/.test(comment[0])).length;
    }
    const at = this.#trivia;
    if (last !== undefined && behind > 0) at.set(last.startOffset, { ...(at.get(last.startOffset) ?? none), behind: found.slice(0, behind).map(([comment]) => comment.trimEnd()) });
    let from = behind === 0 ? 0 : (found[behind - 1]?.index ?? 0) + (found[behind - 1]?.[0].length ?? 0);
    const before = found.slice(behind).map((comment): Comment => {
      const afterBlank = hasBlankLine(gap.slice(from, comment.index));
      from = comment.index + comment[0].length;
      return { text: comment[0].trimEnd(), afterBlank };
    });
    at.set(key, { behind: at.get(key)?.behind ?? [], before, blankBefore: hasBlankLine(gap.slice(from)) });
  }
}

/** Whether white space holds an empty line. */
function hasBlankLine(space: string): boolean {
  return (space.match(/\r\n|\n|\r/g)?.length ?? 0) > 1;
}
