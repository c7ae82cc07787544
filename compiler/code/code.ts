/**
 * How tightly an expression binds, loosest first; a place that needs a tighter one puts parentheses. The numbers are
 * ECMAScript's precedence levels.
 */
export const Precedence = {
  statement: 0,
  arrow: 2,
  conditional: 3,
  nullish: 4,
  or: 5,
  and: 6,
  bitOr: 7,
  equality: 10,
  relational: 11,
  additive: 13,
  multiplicative: 14,
  unary: 16,
  postfix: 19,
  primary: 20,
} as const;

/** Something that the finished module must import: an export of a runtime entry, or a function of the user's. */
export interface Use {
  /** `runtime` (the index), `runtime/regex`, `runtime/connectors/file` …, or `user:SPECIFIER`. */
  readonly module: string;
  readonly name: string;
  /** The local name, where it differs from `name`. */
  readonly as?: string;
}

/**
 * A piece of TypeScript that may be spliced into other code. Only the builders of this folder make one, so a user's text
 * can reach a module only as a quoted literal, a name made by `Scope`, or a cleaned comment.
 */
export class Code {
  readonly text: string;
  readonly precedence: number;
  readonly uses: readonly Use[];

  /** Not for use outside `compiler/code/` and `5-emit/expr/` (a test greps for it). */
  constructor(text: string, precedence: number, uses: readonly Use[]) {
    this.text = text;
    this.precedence = precedence;
    this.uses = uses;
  }

  /** The text, in parentheses if it binds more loosely than the place needs. */
  within(precedence: number): string {
    return this.precedence < precedence ? `(${this.text})` : this.text;
  }
}
