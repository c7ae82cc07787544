import type { Span } from "../../source/span.ts";

/** A name as the user means it: backticks and doubled backticks resolved. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}
