/** A compiled regular expression, whichever engine runs it. The meaning is RE2's, and time is linear in the text. */
export interface TextPattern {
  readonly groupCount: number;
  /** The number of a named group. */
  groupNumber(name: string): number | undefined;
  /** Whether it matches anywhere in the text (Spark's `rlike`). */
  matches(text: string): boolean;
  /** Goes through the matches, from the left, without overlap. */
  search(text: string): MatchCursor;
}

/** A walk over the matches in one text; the fields are of the match that `next` found last. */
export interface MatchCursor {
  next(): boolean;
  readonly start: number;
  readonly end: number;
  /** The text of a group (0 is the whole match); undefined where it took no part. */
  group(number: number): string | undefined;
}
